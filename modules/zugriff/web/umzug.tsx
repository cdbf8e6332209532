import './zugriff.css';
import { useEffect } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Fehler, Hinweis, Laden, Leise, Tabelle } from '#platform/web/kern/index.ts';
import type { Objektumzug } from '../contract.ts';
import { Stufenmarke } from './gruende.tsx';
import { w } from './warum-texte.ts';

const GEZEIGT = 8;
type Person = NonNullable<Objektumzug['personen']>[number];
/** Several objects at once: whoever loses one of them loses, told once. */
function vereine(alle: readonly Objektumzug[]): { verlieren: number; gewinnen: number; personen: Person[] | null } {
  const [erste] = alle;
  if (alle.length === 1) return erste!;
  if (alle.some((u) => u.personen === null)) return { verlieren: Math.max(...alle.map((u) => u.verlieren)), gewinnen: Math.max(...alle.map((u) => u.gewinnen)), personen: null };
  const personen = [...new Map(alle.flatMap((u) => u.personen!).map((p) => [`${p.id} ${p.von} ${p.nach}`, p])).values()];
  return { verlieren: Math.max(...alle.map((u) => u.verlieren)), gewinnen: Math.max(...alle.map((u) => u.gewinnen)), personen };
}

/** Before a move: who would no longer get to it, and who would from then on. The parent keys it by the place that is chosen. */
export function Umzugsfolgen({ frage, onBereit }: { frage(): Promise<Objektumzug[]>; onBereit(): void }) {
  const { mutate, data, error } = useMutation({ mutationFn: frage, onSuccess: onBereit });
  useEffect(() => { mutate(); }, [mutate]); // once: another place is another one of these
  if (error) return <Fehler kompakt fehler={error} />;
  if (!data) return <Laden was={w('rechnet')} />;
  const { verlieren, gewinnen, personen } = vereine(data);
  if (verlieren + gewinnen === 0) return <Hinweis titel={w('wuerde')}>{w('niemand')}</Hinweis>;
  return (
    <>
      <Hinweis ton={verlieren ? 'warnung' : 'info'} titel={w('wuerde')}>{[verlieren ? w('verliert', verlieren) : '', gewinnen ? w('gewinnt', gewinnen) : ''].filter(Boolean).join(', ')}</Hinweis>
      {personen && <Tabelle titel={w('wuerde')} zeilen={personen.slice(0, GEZEIGT)} schluessel={(p) => `${p.id} ${p.von} ${p.nach}`} spalten={[
        { name: 'name', titel: w('person'), kopf: true, schmal: 'voll', zelle: (p) => <>{p.name} <Leise>{p.funktion}</Leise></> },
        { name: 'wechsel', titel: w('bisherDanach'), schmal: 'voll', zelle: (p) => <span className="va-wechsel">{p.von ? <Stufenmarke stufe={p.von} /> : <Leise>{w('nichts')}</Leise>}<span aria-label={w('dann')}>→</span>{p.nach ? <Stufenmarke stufe={p.nach} /> : <b>{w('nichts')}</b>}</span> },
      ]} />}
      {personen && personen.length > GEZEIGT && <Leise>{w('undPersonen', personen.length - GEZEIGT)}</Leise>}
    </>
  );
}
