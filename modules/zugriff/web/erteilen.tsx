import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { api as organisation } from '#modules/organisation/contract.ts';
import { BenutzerWahl, OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Radios, Select } from '#platform/web/kern/index.ts';
import { api, stufen, type SchutzbereichId } from '../contract.ts';
import { t } from './texte.ts';

const Werte = z.object({ subjektArt: z.enum(['oe', 'rolle', 'person']), subjekt: z.uuid(), stufe: z.enum(stufen) });
const texte = { sehen: 'sehenText', lesen: 'lesenText', bearbeiten: 'bearbeitenText', verwalten: 'verwaltenText' } as const;

/** To whom, and how far. */
export function Erteilen({ schutzId, onFertig, onAbbrechen }: { schutzId: SchutzbereichId; onFertig(freigabe: Answer<typeof api.grantFreigabe>): void; onAbbrechen(): void }) {
  const erteilen = useAuftrag(api.grantFreigabe);
  const rollen = useAbfrage(organisation.listRollen, { query: { limit: 200 } }).data?.eintraege ?? [];
  const f = useFormular({ schema: Werte, start: { subjektArt: 'oe', stufe: 'lesen' }, senden: async (body) => onFertig(await erteilen.ausfuehren({ params: { id: schutzId }, body })) });
  const art = f.werte.subjektArt;
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.querySelector('input')?.focus(); }, []); // the button that opened it is gone
  return (
    <div ref={hier}><Formular formular={f} kompakt knopf={t('erteilen')} daneben={<Button art="leicht" klein onClick={onAbbrechen}>{t('abbrechen')}</Button>}>
      <p className="va-leise">{t('erteilenText')} {t('ersetzt')}</p>
      <Radios titel={t('an')} {...f.wahl('subjektArt')} onChange={(wert) => { f.setze('subjektArt', wert); f.setze('subjekt', ''); }} wahl={(['oe', 'rolle', 'person'] as const).map((wert) => ({ wert, titel: t(wert) }))} />
      {art === 'oe' && <OrganisationseinheitWahl label={t('oe')} leer={t('bitte')} {...f.feld('subjekt')} />}
      {art === 'rolle' && <Select label={t('rolle')} leer={t('bitte')} wahl={rollen.map((r) => ({ wert: r.id, titel: r.bezeichnung }))} {...f.feld('subjekt')} />}
      {art === 'person' && <BenutzerWahl {...f.wahl('subjekt')} onWahl={(id) => f.setze('subjekt', id)} />}
      <Radios titel={t('stufe')} {...f.wahl('stufe')} wahl={stufen.map((wert) => ({ wert, titel: t(wert), hinweis: t(texte[wert]) }))} />
    </Formular></div>
  );
}
