import { sql } from 'kysely';
import { systemContext } from '#platform/server/context.ts';
import { defineErrors, NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type Database, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { vorgaben, type Vorgabe } from './rolle.ts';
import type { Farbe, MandantRow } from './mandant-row.ts';
import type { OrganisationTables } from './tables.gen.ts';
import { rowsOf } from './verbund.ts';

const db = tables<OrganisationTables>();

export const MandantErrors = defineErrors('mandant', {
  kuerzel_vergeben: { status: 409, title: 'Dieses Kürzel ist in dieser Farbe schon vergeben', constraint: 'mandant_kuerzel_vergeben' },
  name_vergeben: { status: 409, title: 'Eine Verwaltung mit diesem Namen gibt es schon', constraint: 'mandant_name_vergeben' },
  verbund_bleibt: { status: 409, title: 'Der Verbund selbst lässt sich nicht stilllegen' },
});

export type MandantAngaben = {
  name: string; kuerzel: string; farbe: Farbe; bezeichnung?: string | undefined; behoerdenkennung?: string | null | undefined; ars?: string | null | undefined;
};

/** All of the Verbund, by name; the Verbund itself is among them (`art`). */
export const readMandanten = (tx: ReadTx) => rowsOf<MandantRow>(tx, sql`organisation.list_mandanten()`);

export const presentKurz = ({ id, name, bezeichnung, kuerzel, farbe }: MandantRow) => ({ id, name, bezeichnung, kuerzel, farbe });

export async function getMandant(tx: ReadTx): Promise<MandantRow> {
  const mandant = (await readMandanten(tx)).find((m) => m.id === tx.ctx.mandantId);
  if (!mandant) throw NotFound('Mandant');
  return mandant;
}

/** Enters a Mandant in the Verbund's list; `tx` runs in the Verbund (and makes the Verbund itself, when `id` is its own). Its inside follows by `setUpMandant`. */
export async function registerMandant(tx: WriteTx, id: string, m: MandantAngaben) {
  const art = id === tx.ctx.mandantId ? 'verbund' : 'mandant';
  await rowsOf(tx, sql`organisation.register_mandant(${id}, ${art}, ${m.name}, ${m.bezeichnung ?? ''}, ${m.kuerzel}, ${m.farbe}, ${m.behoerdenkennung ?? null}, ${m.ars ?? null})`);
  await tx.record({ art: 'mandant.aufgenommen', objekte: { mandant: id }, daten: { name: m.name, kuerzel: m.kuerzel } });
}

/** Everything a Mandant has from birth; `tx` runs in the new Mandant. Modules below make theirs after »mandant.eingerichtet«. May run twice. */
export async function setUpMandant(tx: WriteTx, { rollenIds = {} }: { rollenIds?: Partial<Record<Vorgabe, string>> } = {}) {
  const da = await db.write(tx).selectFrom('organisation.rolle').select(['schluessel', 'bezeichnung']).execute();
  // A Mandant may have made a Rolle of this name before the Verbund brought its own.
  const frei = (bezeichnung: string) => (da.some((r) => r.bezeichnung === bezeichnung) ? `${bezeichnung} (Vorgabe)` : bezeichnung);
  const rollen = Object.entries(vorgaben).filter(([schluessel]) => !da.some((r) => r.schluessel === schluessel))
    .map(([schluessel, texte]) => ({ id: rollenIds[schluessel as Vorgabe] ?? newId(), schluessel, ...texte, bezeichnung: frei(texte.bezeichnung) }));
  if (!rollen.length) return;
  const neu = await db.write(tx).insertInto('organisation.rolle').values(rollen).onConflict((c) => c.columns(['mandant_id', 'schluessel']).doNothing()).returning('id').execute();
  if (neu.length) await tx.record({ art: 'mandant.eingerichtet', objekte: { mandant: tx.ctx.mandantId, rolle: neu.map((r) => r.id) } });
}

/** Before anybody is logged in: the list of Mandanten knows no Mandant, so any id opens it. */
const readAlle = (database: Pick<Database, 'read'>) => {
  const id = newId();
  return database.read(systemContext(id, id, 'start', [], id), readMandanten);
};
/** The Verbund of this database; undefined before it has been set up. */
export const findVerbundId = async (database: Pick<Database, 'read'>) => (await readAlle(database)).find((m) => m.art === 'verbund')?.id;
/** Every Mandant that is in use, the Verbund among them: for what runs by the clock. */
export const listMandantIds = async (database: Pick<Database, 'read'>) => (await readAlle(database)).filter((m) => m.aktiv).map((m) => m.id);
