import type { Selectable } from 'kysely';
import { z } from 'zod';
import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, Outdated, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { Tag, type Erweiterungsfeld, type ErweiterungsfeldAendern, type ErweiterungsfeldAnlegen, type Objekttyp } from '../../contract.ts';
import { SchriftgutErrors } from '../errors.ts';
import { requireBekannt } from '../namen.ts';
import type { SchriftgutTables } from '../tables.gen.ts';

const db = tables<SchriftgutTables>();
type Row = Selectable<SchriftgutTables['schriftgut.erweiterungsfeld']>;
type Wert = string | number | null;
export type Felder = Record<string, Wert>;

export const presentFeld = (r: Row): Erweiterungsfeld => ({
  id: r.id, objekttyp: r.objekttyp, schluessel: r.schluessel, datentyp: r.datentyp, bezeichnung: r.bezeichnung, beschreibung: r.beschreibung, reihenfolge: r.reihenfolge,
  stillgelegt: r.stillgelegt, codes: r.codes, version: r.version,
});
export async function listErweiterungsfelder(tx: ReadTx, objekttyp?: Objekttyp): Promise<Erweiterungsfeld[]> {
  const rows = await db.read(tx).selectFrom('schriftgut.erweiterungsfeld').selectAll().$if(objekttyp !== undefined, (q) => q.where('objekttyp', '=', objekttyp!))
    .orderBy('objekttyp').orderBy('reihenfolge').orderBy('schluessel').execute();
  return rows.map(presentFeld);
}

/** Why the value does not fit the field, or undefined. */
export function feldFehler(feld: Pick<Erweiterungsfeld, 'datentyp' | 'codes'>, wert: string | number): string | undefined {
  switch (feld.datentyp) {
    case 'zahl': return typeof wert === 'number' ? undefined : 'Bitte eine Zahl angeben';
    case 'datum': return Tag.safeParse(wert).success ? undefined : 'Bitte ein Datum angeben';
    case 'codeliste': return feld.codes?.some((c) => c.code === wert) ? undefined : 'Bitte einen Wert der Liste wählen';
    case 'person': return z.uuid().safeParse(wert).success ? undefined : 'Bitte eine Person wählen';
    case 'text': case 'verweis': return typeof wert === 'string' ? undefined : 'Bitte einen Text angeben';
  }
}

/** The Mandant's own fields after a change: given ones replace, null removes, the others stay (also those of fields that are stillgelegt). */
export async function mergeFelder(tx: ReadTx, typ: Objekttyp, alt: Felder, neu: Felder | undefined): Promise<Felder> {
  if (!neu || !Object.keys(neu).length) return alt;
  const bekannt = new Map((await listErweiterungsfelder(tx, typ)).map((f) => [f.schluessel, f]));
  for (const [schluessel, wert] of Object.entries(neu)) {
    const feld = bekannt.get(schluessel);
    if (!feld || (feld.stillgelegt && wert !== null && wert !== alt[schluessel])) throw SchriftgutErrors.feld_unbekannt({ pfad: `/felder/${schluessel}` });
    const text = wert === null ? undefined : feldFehler(feld, wert);
    if (text) throw SchriftgutErrors.feld_ungueltig([{ pfad: `/felder/${schluessel}`, text }]);
    if (feld.datentyp === 'person' && wert !== null) await requireBekannt(tx, { personen: [String(wert)] });
  }
  return Object.fromEntries(Object.entries({ ...alt, ...neu }).filter(([, wert]) => wert !== null));
}

export async function createErweiterungsfeld(tx: WriteTx, input: z.output<typeof ErweiterungsfeldAnlegen>): Promise<Erweiterungsfeld> {
  const row = await db.write(tx).insertInto('schriftgut.erweiterungsfeld')
    .values({ id: newId(), ...input, beschreibung: input.beschreibung ?? null, codes: JSON.stringify(input.codes) }).returningAll().executeTakeFirstOrThrow();
  await tx.record({ art: 'erweiterungsfeld.angelegt', objekte: { erweiterungsfeld: row.id }, daten: { objekttyp: row.objekttyp, schluessel: row.schluessel, bezeichnung: row.bezeichnung } });
  return presentFeld(row);
}

export async function updateErweiterungsfeld(tx: WriteTx, id: string, ifMatch: number, input: z.output<typeof ErweiterungsfeldAendern>): Promise<Erweiterungsfeld> {
  const alt = await db.write(tx).selectFrom('schriftgut.erweiterungsfeld').selectAll().where('id', '=', id).executeTakeFirst();
  if (!alt) throw NotFound('Feld');
  requireVersion(alt, ifMatch);
  const { codes, ...rest } = input;
  const set = Object.fromEntries(Object.entries({ ...rest, ...(codes && { codes: JSON.stringify(codes) }) }).filter(([, v]) => v !== undefined));
  const row = await db.write(tx).updateTable('schriftgut.erweiterungsfeld').set({ ...set, version: ifMatch + 1 }).where('id', '=', id).where('version', '=', ifMatch).returningAll().executeTakeFirst();
  if (!row) throw Outdated();
  await tx.record({ art: 'erweiterungsfeld.geaendert', objekte: { erweiterungsfeld: id }, daten: { schluessel: row.schluessel, aenderungen: diff(alt, row, ['bezeichnung', 'beschreibung', 'reihenfolge', 'stillgelegt', 'codes']) } });
  return presentFeld(row);
}
