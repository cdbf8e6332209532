import { diff } from '#platform/server/aenderungen.ts';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { requireAdministration } from './administration.ts';
import { heldRechte, nameRechte } from './rechte.ts';
import { effectiveRechte, RolleErrors } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();

type Row = { id: string; schluessel: string | null; bezeichnung: string; beschreibung: string; rechte: string[] | null; version: number };
async function present(tx: ReadTx, rows: readonly Row[]) {
  const ids = rows.map((r) => r.id);
  const zahlen = ids.length ? await db.read(tx).selectFrom('organisation.benutzer_rolle').select((eb) => ['rolle_id', eb.fn.countAll<number>().as('anzahl')]).where('rolle_id', 'in', ids).groupBy('rolle_id').execute() : [];
  const anzahl = new Map(zahlen.map((z) => [z.rolle_id, z.anzahl]));
  return rows.map(({ rechte, ...rolle }) => ({
    ...rolle, erlaubt: effectiveRechte(tx.rechte, { ...rolle, rechte }).toSorted(), abweichend: rolle.schluessel !== null && rechte !== null, anzahlBenutzer: Number(anzahl.get(rolle.id) ?? 0), rechte: heldRechte(tx, ['rolle.verwalten']),
  }));
}
const select = (tx: ReadTx) => db.read(tx).selectFrom('organisation.rolle as r').select(['r.id', 'r.schluessel', 'r.bezeichnung', 'r.beschreibung', 'r.rechte', 'r.version']);

export async function listRollen(tx: ReadTx, page: { limit: number; cursor?: string | undefined; sort: string }) {
  const { rows, ...rest } = await paginate(select(tx), { sort: { bezeichnung: 'r.bezeichnung' }, id: 'r.id' }, page);
  return { eintraege: await present(tx, rows), ...rest };
}
export async function getRolle(tx: ReadTx, id: string) {
  const row = await select(tx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Rolle');
  return (await present(tx, [row]))[0]!;
}

function requireKnown(tx: ReadTx, rechte: readonly string[]) {
  const unbekannt = rechte.filter((recht) => !(recht in tx.rechte));
  if (unbekannt.length) throw RolleErrors.recht_unbekannt({ rechte: unbekannt });
}

export async function createRolle(tx: WriteTx, { bezeichnung, beschreibung, erlaubt }: { bezeichnung: string; beschreibung: string; erlaubt: readonly string[] }): Promise<string> {
  requireKnown(tx, erlaubt);
  const id = newId();
  await db.write(tx).insertInto('organisation.rolle').values({ id, bezeichnung, beschreibung, rechte: [...new Set(erlaubt)] }).execute();
  await tx.record({ art: 'rolle.angelegt', objekte: { rolle: id }, daten: { bezeichnung, rechte: erlaubt } });
  return id;
}

type Aenderung = { bezeichnung?: string | undefined; beschreibung?: string | undefined; erlaubt?: readonly string[] | null | undefined };
/** `erlaubt` null: back to what the Verbund gives, now and with later versions. Effective with the next request of everyone who holds the Rolle. */
export async function updateRolle(tx: WriteTx, id: string, { bezeichnung, beschreibung, erlaubt }: Aenderung, version: number): Promise<void> {
  const alt = await db.read(tx).selectFrom('organisation.rolle').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!alt) throw NotFound('Rolle');
  requireVersion(alt, version);
  if (erlaubt === null && alt.schluessel === null) throw RolleErrors.keine_vorgabe();
  if (erlaubt) requireKnown(tx, erlaubt);
  const neu = {
    ...(bezeichnung !== undefined && { bezeichnung }), ...(beschreibung !== undefined && { beschreibung }),
    ...(erlaubt !== undefined && { rechte: erlaubt === null ? null : [...new Set(erlaubt)] }),
  };
  const vorher = effectiveRechte(tx.rechte, alt);
  await db.write(tx).updateTable('organisation.rolle').set({ ...neu, version: alt.version + 1 }).where('id', '=', id).execute();
  const nachher = effectiveRechte(tx.rechte, { ...alt, ...neu });
  if (vorher.includes('benutzer.verwalten') && !nachher.includes('benutzer.verwalten')) await requireAdministration(tx);
  const [dazu, weg, namen] = [nachher.filter((r) => !vorher.includes(r)), vorher.filter((r) => !nachher.includes(r)), nameRechte(tx)];
  await tx.record({
    art: 'rolle.geaendert', objekte: { rolle: id },
    daten: { aenderungen: diff(alt, neu, ['bezeichnung', 'beschreibung']), dazu, weg, namen: Object.fromEntries([...dazu, ...weg].map((recht) => [recht, namen.get(recht) ?? recht])) },
  });
}
