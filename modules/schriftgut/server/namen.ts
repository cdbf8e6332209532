import { getAktenplaneinheitenKurz, type AktenplaneinheitName } from '#modules/aktenplan/server/index.ts';
import { findBenutzer, getBenutzerKurz, getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp, Person, Stelle } from '../contract.ts';
import { SchriftgutErrors } from './errors.ts';

import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
const present = <T>(values: Iterable<T | null | undefined>) => [...new Set([...values].filter((v): v is T => v !== null && v !== undefined))];

/** Everything a page of rows names, each kind in one call. */
export async function readNamen(tx: ReadTx, ids: { stellen: Iterable<string | null>; personen: Iterable<string | null>; einheiten?: Iterable<string> }) {
  const [stellen, personen, einheiten] = [present(ids.stellen), present(ids.personen), present(ids.einheiten ?? [])];
  const [oes, leute, plan] = await Promise.all([
    getOrganisationseinheitenKurz(tx, stellen), getBenutzerKurz(tx, personen),
    einheiten.length ? getAktenplaneinheitenKurz(tx, einheiten) : new Map<string, AktenplaneinheitName>(),
  ]);
  return {
    stelle: (id: string): Stelle => { const o = oes.get(id); return { id, kennzeichen: o?.kennzeichen ?? '', bezeichnung: o?.bezeichnung ?? '' }; },
    person: (id: string | null): Person | null => { const p = id === null ? undefined : leute.get(id); return p ? { id: p.id, name: p.name, kurz: p.kurz } : null; },
    einheit: (id: string): Stelle => { const e = plan.get(id); return { id, kennzeichen: e?.kennzeichen ?? '', bezeichnung: e?.bezeichnung ?? '' }; },
    planpfad: (id: string) => plan.get(id)?.pfad ?? [],
  };
}
export type NamenKarte = Awaited<ReturnType<typeof readNamen>>;

/** Which of these objects the Akteur has on the Merkliste. */
export async function readGemerkt(tx: ReadTx, ids: readonly string[]): Promise<Set<string>> {
  if (!ids.length || !['person', 'gast'].includes(tx.ctx.akteur.art)) return new Set();
  const rows = await db.read(tx).selectFrom('schriftgut.merkliste').select('objekt_id').where('benutzer_id', '=', wessen(tx.ctx.akteur)).where('objekt_id', 'in', [...ids]).execute();
  return new Set(rows.map((r) => r.objekt_id));
}

/** People and OEs named in an input must exist in this Mandant. */
export async function requireBekannt(tx: ReadTx, { stellen = [], personen = [] }: { stellen?: readonly (string | null | undefined)[]; personen?: readonly (string | null | undefined)[] }) {
  const [oes, leute] = [present(stellen), present(personen)];
  if (oes.length) {
    const known = await getOrganisationseinheitenKurz(tx, oes);
    for (const id of oes) if (!known.has(id)) throw SchriftgutErrors.unbekannte_stelle({ id });
  }
  if (leute.length) {
    const known = await findBenutzer(tx, leute);
    for (const id of leute) if (!known.has(id)) throw SchriftgutErrors.unbekannte_person({ id });
  }
}

/** How the history names an OE and a person: as they are called now, for it is read when they are no more. */
export async function nameOf(tx: ReadTx, art: 'stelle' | 'person', id: string | null): Promise<string | null> {
  if (id === null) return null;
  if (art === 'person') return (await getBenutzerKurz(tx, [id])).get(id)?.name ?? null;
  const oe = (await getOrganisationseinheitenKurz(tx, [id])).get(id);
  return oe ? `${oe.kennzeichen} ${oe.bezeichnung}`.trim() : null;
}

/** Former Kennzeichen of one object, newest first (AZ-05). */
export async function listFruehereKennzeichen(tx: ReadTx, objekt: Objekttyp, id: string) {
  return db.read(tx).selectFrom('schriftgut.frueheres_kennzeichen').select(['kennzeichen', 'bis', 'grund']).where(`${objekt}_id`, '=', id).orderBy('bis', 'desc').execute();
}
