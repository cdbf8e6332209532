import { useEffect, useRef } from 'react';
import { z } from 'zod';
import type { MandantId } from '#modules/organisation/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Field, Hinweis, Laden, Radios, Select, TextArea } from '#platform/web/kern/index.ts';
import { tagVon } from '#platform/web/zeit.ts';
import { api, Gaststufe, type Objekttyp } from '../contract.ts';
import { t } from './texte.ts';

const Werte = z.object({ mandantId: z.string().min(1), empfaenger: z.string().min(1), stufe: Gaststufe, zweck: z.string().trim().min(3).max(500), von: z.iso.date().optional(), bis: z.iso.date() });
const texte = { sehen: 'sehenText', lesen: 'lesenText', bearbeiten: 'bearbeitenText' } as const;
/** A day as people mean it: from its first moment, or to its last, in Germany. */
const beginn = (tag: string) => new Date(`${tag}T00:00:00`).toISOString(), ende = (tag: string) => new Date(`${tag}T23:59:59`).toISOString();
const inMonaten = (n: number) => { const d = new Date(); d.setMonth(d.getMonth() + n); return tagVon(d); };

/** To whom, how far, what for, how long. */
export function Teilen({ typ, id, onFertig, onAbbrechen }: { typ: Objekttyp; id: string; onFertig(wem: string): void; onAbbrechen(): void }) {
  const verwaltungen = useAbfrage(api.listVerzeichnisse, {});
  const teilen = useAuftrag(api.createVerbundfreigabe);
  const f = useFormular({
    schema: Werte, start: { stufe: 'lesen', bis: inMonaten(3) },
    async senden({ mandantId, empfaenger, von, bis, ...rest }) {
      const [art = 'oe', empfaengerId = ''] = empfaenger.split(' ');
      const freigabe = await teilen.ausfuehren({ body: { ...rest, objektTyp: typ, objektId: id, mandantId: mandantId as MandantId, empfaengerArt: art as 'oe', empfaengerId, ...(von && { von: beginn(von) }), bis: ende(bis) } });
      onFertig(`${freigabe.empfaenger.name} (${freigabe.mandant.name})`);
    },
  });
  const hier = useRef<HTMLDivElement>(null);
  const da = verwaltungen.data !== undefined;
  useEffect(() => { if (da) hier.current?.querySelector('select')?.focus(); }, [da]); // the button that opened it is gone
  if (!verwaltungen.data) return <Laden />;
  if (verwaltungen.data.eintraege.length === 0) return <Hinweis>{t('keineVerwaltung')}</Hinweis>;
  return (
    <div ref={hier}><Formular formular={f} kompakt knopf={t('teile')} daneben={<Button art="leicht" klein onClick={onAbbrechen}>{t('abbrechen')}</Button>}>
      <p className="va-leise">{t('teilenText')}</p>
      <Felder>
        <Select label={t('verwaltung')} leer={t('bitte')} wahl={verwaltungen.data.eintraege.map((m) => ({ wert: m.id, titel: m.name }))} {...f.feld('mandantId')} />
        <Empfaenger mandantId={String(f.werte.mandantId ?? '')} feld={f.feld('empfaenger')} />
        <Field type="date" label={t('ab')} freiwillig hinweis={t('abHilfe')} {...f.feld('von')} />
        <Field type="date" label={t('bis')} {...f.feld('bis')} />
      </Felder>
      <TextArea label={t('zweck')} rows={2} placeholder={t('zweckHilfe')} {...f.feld('zweck')} />
      <Radios titel={t('stufe')} {...f.wahl('stufe')} wahl={Gaststufe.options.map((wert) => ({ wert, titel: t(wert), hinweis: t(texte[wert]) }))} />
    </Formular></div>
  );
}

/** An office, or one of its people: one list, in the order of the offices. */
function Empfaenger({ mandantId, feld }: { mandantId: string; feld: { name: string; value: string | number; fehler: string | undefined; onChange(e: React.ChangeEvent<HTMLSelectElement>): void } }) {
  const { data } = useAbfrage(api.getVerzeichnis, { params: { id: mandantId as MandantId } }, { aktiv: mandantId !== '' });
  if (data && data.einheiten.length === 0) return <Hinweis>{t('niemandDort')}</Hinweis>;
  const wahl = (data?.einheiten ?? []).flatMap((e) => [{ wert: `oe ${e.id}`, titel: `${e.kennzeichen} ${e.bezeichnung}` }, ...e.personen.map((p) => ({ wert: `person ${p.id}`, titel: `  ${p.name}${p.funktion ? `, ${p.funktion}` : ''}` }))]);
  return <Select label={t('anWen')} leer={t('bitte')} disabled={!data} wahl={wahl} {...feld} />;
}
