import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { getBenutzerKurz, getOrganisationseinheitenKurz, getRollenKurz } from '#modules/organisation/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { isId } from './sprache.ts';

type Kurz = { titel: string; kennzeichen: string | null; pfad: string; geschuetzt?: string | null };
export type Objekte = Readonly<Record<string, readonly string[]>>;

/** The objects of these Ereignisse that stand in a Schutzbereich: by id, those the reader may see. */
export async function visibleObjects(tx: ReadTx, all: readonly Objekte[]): Promise<Map<string, Kurz>> {
  const found = new Map<string, Kurz>();
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) {
    const ids = [...new Set(all.flatMap((o) => o[typ] ?? []))];
    if (ids.length) for (const [id, kurzform] of await kurz(tx, ids)) found.set(id, kurzform);
  }
  return found;
}

/** Whatever an id among old and new values may stand for; what is not found is missing. */
export async function namesOf(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter(isId);
  if (!wanted.length) return new Map();
  const namen = new Map<string, string>();
  const objekte = Object.fromEntries(tx.extensions('schutzobjekt').map(({ typ }) => [typ, wanted]));
  for (const [id, { kennzeichen, titel }] of await visibleObjects(tx, [objekte])) namen.set(id, [kennzeichen, titel].filter(Boolean).join(' '));
  for (const [id, e] of await getAktenplaneinheitenKurz(tx, wanted)) namen.set(id, `${e.kennzeichen} ${e.bezeichnung}`);
  for (const [id, r] of await getRollenKurz(tx, wanted)) namen.set(id, r.bezeichnung);
  for (const [id, s] of await getOrganisationseinheitenKurz(tx, wanted)) namen.set(id, `${s.kennzeichen} ${s.bezeichnung}`);
  for (const akteurname of tx.extensions('akteurname')) for (const [id, name] of await akteurname(tx, wanted)) namen.set(id, name);
  for (const [id, p] of await getBenutzerKurz(tx, wanted)) namen.set(id, p.name);
  return namen;
}

export type Wer = { art: 'person' | 'maschine' | 'gast' | 'system'; id: string };
/** »System« for the technique; a person who is no longer there keeps their id. */
export const nameOfAkteur = ({ art, id }: Wer, namen: ReadonlyMap<string, string>): string =>
  art === 'system' ? 'Das System' : namen.get(id) ?? { person: 'Eine Person, die es nicht mehr gibt', gast: 'Ein Gast', maschine: 'Eine Maschine' }[art];
