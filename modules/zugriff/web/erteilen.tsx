import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { api as organisation } from '#modules/organisation/contract.ts';
import { BenutzerWahl, OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import type { Answer, CallInput } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Field, Radios, Select, TextArea } from '#platform/web/kern/index.ts';
import { api, stufen, type SchutzbereichId } from '../contract.ts';
import { t } from './texte.ts';
import { Aenderung } from './vorschau.tsx';

const Werte = z.object({ subjektArt: z.enum(['oe', 'rolle', 'person']), subjekt: z.uuid(), stufe: z.enum(stufen), von: z.iso.date().optional(), bis: z.iso.date().optional(), grund: z.string().trim().min(3).max(500).optional() });
const texte = { sehen: 'sehenText', lesen: 'lesenText', bearbeiten: 'bearbeitenText', verwalten: 'verwaltenText' } as const;
/** A day as people mean it: from its first moment, to its last. */
const beginn = (tag: string) => new Date(`${tag}T00:00:00`).toISOString(), ende = (tag: string) => new Date(`${tag}T23:59:59`).toISOString();

type Body = CallInput<typeof api.grantFreigabe>['body'];
/** To whom, how far, how long, why; then what it would do, and the confirmation. */
export function Erteilen({ schutzId, onFertig, onAbbrechen }: { schutzId: SchutzbereichId; onFertig(freigabe: Answer<typeof api.grantFreigabe>): void; onAbbrechen(): void }) {
  const [vorhaben, setVorhaben] = useState<Body>();
  const erteilen = useAuftrag(api.grantFreigabe, { nachher: onFertig });
  const rollen = useAbfrage(organisation.listRollen, { query: { limit: 200 } }).data?.eintraege ?? [];
  const f = useFormular({
    schema: Werte, start: { subjektArt: 'oe', stufe: 'lesen' },
    async senden({ von, bis, grund, ...rest }) { erteilen.vergessen(); setVorhaben({ ...rest, ...(von && { gueltigVon: beginn(von) }), ...(bis && { gueltigBis: ende(bis) }), ...(grund && { grund }) }); },
  });
  const art = f.werte.subjektArt;
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.querySelector('input')?.focus(); }, []); // the button that opened it is gone
  return (
    <div ref={hier}>
      <Formular formular={f} kompakt knopf={t('weiterZurVorschau')} daneben={<Button art="leicht" klein onClick={onAbbrechen}>{t('abbrechen')}</Button>}>
        <p className="va-leise">{t('erteilenText')} {t('ersetzt')}</p>
        <Radios titel={t('an')} {...f.wahl('subjektArt')} onChange={(wert) => { f.setze('subjektArt', wert); f.setze('subjekt', ''); }} wahl={(['oe', 'rolle', 'person'] as const).map((wert) => ({ wert, titel: t(wert) }))} />
        {art === 'oe' && <OrganisationseinheitWahl label={t('oe')} leer={t('bitte')} {...f.feld('subjekt')} />}
        {art === 'rolle' && <Select label={t('rolle')} leer={t('bitte')} wahl={rollen.map((r) => ({ wert: r.id, titel: r.bezeichnung }))} {...f.feld('subjekt')} />}
        {art === 'person' && <BenutzerWahl {...f.wahl('subjekt')} onWahl={(id) => f.setze('subjekt', id)} />}
        <Radios titel={t('stufe')} {...f.wahl('stufe')} wahl={stufen.map((wert) => ({ wert, titel: t(wert), hinweis: t(texte[wert]) }))} />
        <Felder>
          <Field type="date" label={t('gueltigVon')} freiwillig hinweis={t('gueltigVonHilfe')} {...f.feld('von')} />
          <Field type="date" label={t('gueltigBis')} freiwillig hinweis={t('gueltigBisHilfe')} {...f.feld('bis')} />
        </Felder>
        <TextArea label={t('grund')} freiwillig rows={2} hinweis={t('grundHilfe')} {...f.feld('grund')} />
      </Formular>
      <Aenderung titel={t('erteilenFrage')} offen={vorhaben !== undefined} vorhaben={vorhaben && { art: 'erteilen', id: schutzId, subjektArt: vorhaben.subjektArt, subjekt: vorhaben.subjekt, stufe: vorhaben.stufe, gueltigVon: vorhaben.gueltigVon, gueltigBis: vorhaben.gueltigBis }}
        knopf={t('erteilen')} laeuft={erteilen.laeuft} fehler={erteilen.fehler} onTun={() => vorhaben && erteilen.starten({ params: { id: schutzId }, body: vorhaben })} onSchliessen={() => setVorhaben(undefined)} />
    </div>
  );
}
