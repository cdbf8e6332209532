import { sql } from 'kysely';
import type { z } from 'zod';
import { paginate } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Dokument, DokumenteListe, DokumentZeile } from '../../contract.ts';
import { presentAllgemein } from '../auskunft.ts';
import { conditions } from '../filter.ts';
import { readNamen } from '../namen.ts';
import { dokumentPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { readAktenBezug } from '../vorgang/present.ts';
import { dokumentSpalten, presentDokumente } from './present.ts';
import { readAktuelleVersion } from './versionen.ts';

const db = tables<SchriftgutTables>();
const T = 'schriftgut.dokument';
const sort = { datum: `${T}.datum`, betreff: `${T}.betreff`, geaendertAm: `${T}.geaendert_am`, kennzeichen: `${T}.kennzeichen`, nummer: `${T}.nummer` };

export async function listDokumente(tx: ReadTx, query: z.output<typeof DokumenteListe>) {
  const where = await conditions(tx, 'dokument', { ...query, status: undefined });
  if (query.akteId) where.push(sql`schriftgut.dokument.akte_id = any(${query.akteId}::uuid[])`);
  if (query.vorgangId) where.push(sql`schriftgut.dokument.vorgang_id = any(${query.vorgangId}::uuid[])`);
  if (query.parentId) where.push(sql`schriftgut.dokument.parent_id = any(${query.parentId}::uuid[])`);
  else if (!query.anlagen) where.push(sql`schriftgut.dokument.parent_id is null`);
  if (query.art) where.push(sql`schriftgut.dokument.art = any(${query.art})`);
  if (query.typ) where.push(sql`schriftgut.dokument.typ = any(${query.typ})`);
  if (query.entwurf !== undefined) where.push(sql`schriftgut.dokument.entwurf = ${query.entwurf}`);
  const { rows, gesamt, weiter } = await paginate(
    db.read(tx).selectFrom(T).select(dokumentSpalten).select(await dokumentPolicy.rechte(tx)).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where((eb) => eb.and(where)),
    { sort, id: `${T}.id` }, query);
  return { eintraege: await presentDokumente(tx, rows), gesamt, weiter };
}

/** Anlagen and Schriftstücke of a Dokument, as far as the Akteur may see them. */
async function listTeile(tx: ReadTx, id: string): Promise<DokumentZeile[]> {
  const rows = await db.read(tx).selectFrom(T).select(dokumentSpalten).select(await dokumentPolicy.rechte(tx)).where('parent_id', '=', id)
    .where(await dokumentPolicy.visible(tx, 'dokument.sehen')).orderBy('nummer').execute();
  return presentDokumente(tx, rows);
}

export async function getDokument(tx: ReadTx, id: string): Promise<Dokument> {
  const row = await dokumentPolicy.authorize(tx, 'dokument.sehen', id);
  const akte = (await readAktenBezug(tx, [row.akte_id])).get(row.akte_id)!;
  const vorgang = row.vorgang_id === null ? undefined : await db.read(tx).selectFrom('schriftgut.vorgang').select(['aktenfuehrung_id']).where('id', '=', row.vorgang_id).executeTakeFirst();
  const aktenfuehrungId = row.aktenfuehrung_id ?? vorgang?.aktenfuehrung_id ?? akte.aktenfuehrung_id;
  const namen = await readNamen(tx, { stellen: [aktenfuehrungId], personen: [row.erstellt_von, row.storniert_von], einheiten: [akte.aktenplaneinheit_id] });
  const [zeile] = await presentDokumente(tx, [row]);
  return {
    ...zeile!, posteingangsdatum: row.posteingangsdatum, postausgangsdatum: row.postausgangsdatum, datumDesSchreibens: row.datum_des_schreibens, bezug: row.bezug, hier: row.hier, bearbeiterName: row.bearbeiter_name,
    finalisiertAm: row.finalisiert_am, aktuelleVersion: await readAktuelleVersion(tx, row.aktuelle_version_id, row.rechte.includes('dokument.lesen')), teile: await listTeile(tx, id),
    ...await presentAllgemein(tx, 'dokument', row, { aktenfuehrungId, einheitId: akte.aktenplaneinheit_id, akteId: row.akte_id, vorgangId: row.vorgang_id, dokumentId: id }, namen),
  };
}
