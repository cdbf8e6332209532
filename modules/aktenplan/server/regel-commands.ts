import { sql } from 'kysely';
import type { z } from 'zod';
import { NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Aktenzeichenregel, api, Musterteil } from '../contract.ts';
import { AktenplanErrors } from './einheit.ts';
import { getAktenplaneinheitenKurz } from './facade.ts';
import { getOeKuerzel } from './oe.ts';
import { beispielAktenzeichen, pruefeMuster, STANDARDMUSTER } from './regel.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();
const rechte = (tx: ReadTx) => ['aktenplan.sehen', 'aktenzeichen.verwalten'].filter((recht) => tx.ctx.akteur.rechte.has(recht));

async function present(tx: ReadTx, rows: readonly { aktenplaneinheit_id: string | null; muster: readonly Musterteil[]; version: number }[]) {
  const units = await getAktenplaneinheitenKurz(tx, rows.flatMap((r) => r.aktenplaneinheit_id ?? []));
  return rows.map(({ aktenplaneinheit_id, muster, version }) => {
    const unit = aktenplaneinheit_id === null ? undefined : units.get(aktenplaneinheit_id);
    return {
      aktenplaneinheitId: aktenplaneinheit_id, einheit: unit ? { id: unit.id, kennzeichen: unit.kennzeichen, bezeichnung: unit.bezeichnung } : null,
      muster: [...muster], beispiel: beispielAktenzeichen(muster, unit?.kennzeichen), version, rechte: rechte(tx),
    } as Aktenzeichenregel;
  });
}

/** The Mandant's rule first, be it the default, then those of subtrees. */
export async function listAktenzeichenregeln(tx: ReadTx) {
  const rows = await db.read(tx).selectFrom('aktenplan.aktenzeichenregel as r').leftJoin('aktenplan.aktenplaneinheit as e', 'e.id', 'r.aktenplaneinheit_id')
    .select(['r.aktenplaneinheit_id', 'r.muster', 'r.version']).orderBy(sql`e.sortierung nulls first`).limit(1000).execute();
  const all = rows[0]?.aktenplaneinheit_id === null ? rows : [{ aktenplaneinheit_id: null, muster: [...STANDARDMUSTER], version: 0 }, ...rows];
  return { eintraege: await present(tx, all), gesamt: all.length, weiter: null };
}

export async function updateAktenzeichenregel(tx: WriteTx, ifMatch: number, { aktenplaneinheitId, muster }: z.output<typeof api.updateAktenzeichenregel.body>) {
  const gruende = pruefeMuster(muster);
  if (gruende.length) throw AktenplanErrors.regel_ungueltig({ gruende });
  if (aktenplaneinheitId && !(await getAktenplaneinheitenKurz(tx, [aktenplaneinheitId])).size) throw NotFound('Aktenplaneinheit');
  const old = await db.write(tx).selectFrom('aktenplan.aktenzeichenregel').selectAll().where('aktenplaneinheit_id', 'is not distinct from', aktenplaneinheitId).forUpdate().executeTakeFirst();
  requireVersion({ version: old?.version ?? 0 }, ifMatch);
  const id = old?.id ?? newId();
  if (old) await db.write(tx).updateTable('aktenplan.aktenzeichenregel').set((eb) => ({ muster: JSON.stringify(muster), version: eb('version', '+', 1) })).where('id', '=', id).execute();
  else await db.write(tx).insertInto('aktenplan.aktenzeichenregel').values({ id, aktenplaneinheit_id: aktenplaneinheitId, muster: JSON.stringify(muster) }).execute();
  await tx.record({
    art: 'aktenzeichenregel.geaendert', objekte: { aktenzeichenregel: id, ...(aktenplaneinheitId && { aktenplaneinheit: aktenplaneinheitId }) },
    daten: { aenderungen: [{ feld: 'muster', alt: beispielAktenzeichen(old?.muster ?? STANDARDMUSTER), neu: beispielAktenzeichen(muster) }], muster },
  });
  return (await present(tx, [{ aktenplaneinheit_id: aktenplaneinheitId, muster, version: (old?.version ?? 0) + 1 }]))[0]!;
}

type Zaehlerzeile = { id: string; schluessel: string; stand: number };
async function presentZaehler(tx: ReadTx, rows: readonly Zaehlerzeile[]) {
  const teile = rows.map((r) => r.schluessel.split(':'));
  const units = await getAktenplaneinheitenKurz(tx, teile.flatMap(([was, wer]) => (was === 'einheit' && wer ? [wer] : [])));
  return Promise.all(rows.map(async ({ id, schluessel, stand }, i) => {
    const [was = '', wer = '', jahr] = teile[i]!;
    const name = was === 'einheit' ? units.get(wer)?.kennzeichen : was === 'oe' ? await getOeKuerzel(tx, wer) : undefined;
    const j = was === 'mandant' ? wer : jahr;
    return { id, schluessel, je: was as 'einheit' | 'oe' | 'mandant', bezeichnung: name ?? null, jahr: j ? Number(j) : null, stand, rechte: rechte(tx) };
  }));
}
export async function listAktenzeichenzaehler(tx: ReadTx, query: z.output<typeof api.listAktenzeichenzaehler.query>) {
  const { rows, ...rest } = await paginate(db.read(tx).selectFrom('aktenplan.aktenzeichenzaehler as z').select(['z.id', 'z.schluessel', 'z.stand']), { sort: { schluessel: 'z.schluessel' }, id: 'z.id' }, query);
  return { eintraege: await presentZaehler(tx, rows), ...rest };
}

/** The next number will be `stand` + 1, or later where that one was issued before. */
export async function updateAktenzeichenzaehler(tx: WriteTx, { je, id, jahr, stand, grund }: z.output<typeof api.updateAktenzeichenzaehler.body>) {
  const schluessel = [je, ...(je === 'mandant' ? [] : [id ?? '']), ...(jahr === undefined ? [] : [jahr])].join(':');
  if (je === 'einheit' && !(await getAktenplaneinheitenKurz(tx, id ? [id] : [])).size) throw NotFound('Aktenplaneinheit');
  if (je === 'oe' && !id) throw NotFound('Organisationseinheit');
  const old = await db.write(tx).selectFrom('aktenplan.aktenzeichenzaehler').selectAll().where('schluessel', '=', schluessel).forUpdate().executeTakeFirst();
  const row = await db.write(tx).insertInto('aktenplan.aktenzeichenzaehler').values({ id: newId(), schluessel, stand })
    .onConflict((c) => c.columns(['mandant_id', 'schluessel']).doUpdateSet({ stand })).returning(['id', 'schluessel', 'stand']).executeTakeFirstOrThrow();
  await tx.record({
    art: 'aktenzeichenzaehler.geaendert', objekte: { aktenzeichenzaehler: row.id, ...(je === 'einheit' && id && { aktenplaneinheit: id }) },
    daten: { schluessel, grund, aenderungen: [{ feld: 'stand', alt: old?.stand ?? 0, neu: stand }] },
  });
  return (await presentZaehler(tx, [row]))[0]!;
}
