import { useDeferredValue, useState } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { Field, Laden, Radios } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';

const t = katalog({
  suchen: ['Person suchen', 'Find person'], hilfe: ['Name oder Funktion', 'Name or function'], treffer: ['Gefundene Personen', 'People found'], niemand: ['Niemand heißt so.', 'Nobody has this name.'],
  mehr: [(n: number) => `und ${n} weitere – bitte genauer suchen`, (n: number) => `and ${n} more – please be more precise`],
});
const MAX = 8;

/** Choose one person: type part of the name, then pick. */
export function BenutzerWahl({ name, wert, onWahl, fehler }: { name: string; wert: string; onWahl(id: string): void; fehler?: string | undefined }) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const { data, isPending } = useAbfrage(api.listBenutzer, { query: { q, limit: MAX, gesperrt: 'false' } }, { aktiv: q.length > 1, behalte: true });
  return (
    <div className="va-unter">
      <Field type="search" label={t('suchen')} placeholder={t('hilfe')} value={text} autoComplete="off" onChange={(e) => setText(e.target.value)} fehler={data ? undefined : fehler} />
      {q.length > 1 && isPending && <Laden />}
      {data && data.gesamt === 0 && <p className="va-leise" role="status">{t('niemand')}</p>}
      {data && data.gesamt > 0 && <Radios titel={t('treffer')} name={name} wert={wert} onChange={onWahl} fehler={fehler}
        wahl={data.eintraege.map((b) => ({ wert: b.id, titel: b.name, hinweis: [b.funktion, ...b.organisationseinheiten.map((o) => `${o.kennzeichen} ${o.bezeichnung}`)].filter(Boolean).join(' · ') }))} />}
      {data && data.gesamt > MAX && <p className="va-klein va-leise">{t('mehr', data.gesamt - MAX)}</p>}
    </div>
  );
}
