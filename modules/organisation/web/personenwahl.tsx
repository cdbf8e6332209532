import { useDeferredValue, useState } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { Field, Laden, Radios } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type OrganisationseinheitId } from '../contract.ts';

const t = katalog({
  suchen: ['Person suchen', 'Find person'], hilfe: ['Name oder Funktion', 'Name or function'], treffer: ['Gefundene Personen', 'People found'], vorschlaege: ['Vorschläge', 'Suggestions'], niemand: ['Niemand heißt so.', 'Nobody has this name.'],
  mehr: [(n: number) => `und ${n} weitere – bitte genauer suchen`, (n: number) => `and ${n} more – please be more precise`],
});
const MAX = 8;

type Props = {
  name: string; wert: string; onWahl(id: string): void; fehler?: string | undefined; label?: string;
  /** Before anything is typed: the people of these OEs; with `vertretbar` all for whom one may order a Vertretung, and only they. */
  einheiten?: readonly OrganisationseinheitId[]; vertretbar?: boolean; ausser?: string | undefined;
};

/** Choose one person: type part of the name, or take who is proposed, then pick. */
export function BenutzerWahl({ name, wert, onWahl, fehler, label = t('suchen'), einheiten = [], vertretbar = false, ausser }: Props) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const sucht = q.length > 1;
  const query = { limit: MAX + 1, gesperrt: 'false' as const, ...(vertretbar && { vertretbar: 'true' as const }), ...(sucht ? { q } : einheiten.length > 0 && { organisationseinheitId: [...einheiten] }) };
  const { data, isPending } = useAbfrage(api.listBenutzer, { query }, { aktiv: sucht || vertretbar || einheiten.length > 0, behalte: true });
  const andere = data?.eintraege.filter((b) => b.id !== ausser).slice(0, MAX) ?? [];
  const weitere = data ? data.gesamt - data.eintraege.filter((b) => b.id === ausser).length - andere.length : 0;
  return (
    <div className="va-unter">
      <Field type="search" label={label} placeholder={t('hilfe')} value={text} autoComplete="off" onChange={(e) => setText(e.target.value)} fehler={andere.length > 0 ? undefined : fehler} />
      {sucht && isPending && <Laden />}
      {data && sucht && andere.length === 0 && <p className="va-leise" role="status">{t('niemand')}</p>}
      {andere.length > 0 && <Radios titel={sucht ? t('treffer') : t('vorschlaege')} name={name} wert={wert} onChange={onWahl} fehler={fehler}
        wahl={andere.map((b) => ({ wert: b.id, titel: b.name, hinweis: [b.funktion, ...b.organisationseinheiten.map((o) => `${o.kennzeichen} ${o.bezeichnung}`)].filter(Boolean).join(' · ') }))} />}
      {weitere > 0 && <p className="va-klein va-leise">{t('mehr', weitere)}</p>}
    </div>
  );
}
