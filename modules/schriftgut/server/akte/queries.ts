import { sql } from 'kysely';
import type { z } from 'zod';
import { listPage } from '#platform/server/list.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Akte, AktenListe } from '../../contract.ts';
import { presentAllgemein, presentAussonderung, readAllgemein, readLaufzeit, vererbungOf } from '../auskunft.ts';
import { conditions, eineVon } from '../filter.ts';
import { readNamen, readGemerkt } from '../namen.ts';
import { readTeilbaum } from '../ort.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { akteHindernisse } from './abschluss.ts';
import { akteSpalten, presentAkten, presentAkteZeile } from './present.ts';

const db = tables<SchriftgutTables>();

const T = 'schriftgut.akte';
const sort = { aktenzeichen: `${T}.aktenzeichen`, geaendertAm: `${T}.geaendert_am`, erstelltAm: `${T}.erstellt_am` };

export async function listAkten(tx: ReadTx, query: z.output<typeof AktenListe>) {
  const where = await conditions(tx, 'akte', query);
  if (query.parentId) where.push(eineVon('schriftgut.akte.parent_id', query.parentId));
  // Whoever looks for a Kennzeichen or a word means Teilakten as well.
  else if (!query.teilakten && query.text === undefined) where.push(sql`schriftgut.akte.parent_id is null`);
  return listPage(
    db.read(tx).selectFrom(T).select(await aktePolicy.spalten(tx, akteSpalten)).select(await aktePolicy.rechte(tx)).where(await aktePolicy.visible(tx, 'akte.sehen')).where((eb) => eb.and(where)),
    { sort: { ...sort, betreff: await aktePolicy.lesbar(tx, 'betreff') }, id: `${T}.id` }, query, (rows) => presentAkten(tx, rows));
}

export async function getAkte(tx: ReadTx, id: string): Promise<Akte> {
  const row = await aktePolicy.authorize(tx, 'akte.sehen', id);
  const [namen, gemerkt, allgemein, kette, hindernisse, { akten }] = await Promise.all([
    readNamen(tx, { stellen: [row.federfuehrung_id, row.aktenfuehrung_id], personen: [row.bearbeiter_id, row.erstellt_von, row.storniert_von], einheiten: [row.aktenplaneinheit_id] }),
    readGemerkt(tx, [id]), readAllgemein(tx, 'akte', row, { akte: { id, parent_id: row.parent_id, schutz_id: row.schutz_id, kennzeichen: row.aktenzeichen, bezeichnung: row.betreff, sichtbar: true } }),
    vererbungOf(tx, { akteId: id, einheitId: row.aktenplaneinheit_id }), akteHindernisse(tx, row), readTeilbaum(tx, 'akte', id),
  ]);
  const [laufzeit, anzahl] = await Promise.all([readLaufzeit(tx, row, { akten }), countInhalt(tx, id, akten)]);
  return {
    ...presentAkteZeile(row, namen, gemerkt), nummer: row.nummer, tiefe: row.tiefe,
    ...presentAllgemein(row, allgemein, { aktenfuehrungId: row.aktenfuehrung_id, einheitId: row.aktenplaneinheit_id }, namen),
    ...presentAussonderung(row, kette), laufzeit, hindernisse, anzahl,
  };
}

/** What lies in it at all depths, of what the Akteur may see; stornierte do not count. */
async function countInhalt(tx: ReadTx, id: string, akten: readonly string[]) {
  const alle = [...akten];
  const v = await db.read(tx).selectFrom('schriftgut.vorgang').select(sql<number>`count(*)`.as('vorgaenge')).select(sql<number>`count(*) filter (where status = 'in_bearbeitung')`.as('offen'))
    .where('akte_id', 'in', alle).where('storniert_am', 'is', null).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).executeTakeFirstOrThrow();
  const d = await db.read(tx).selectFrom('schriftgut.dokument').select(sql<number>`count(*)`.as('dokumente'))
    .where('akte_id', 'in', alle).where('parent_id', 'is', null).where('storniert_am', 'is', null).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).executeTakeFirstOrThrow();
  const t = alle.length === 1 ? { teilakten: 0 } : await db.read(tx).selectFrom('schriftgut.akte').select(sql<number>`count(*)`.as('teilakten'))
    .where('id', 'in', alle).where('id', '<>', id).where('storniert_am', 'is', null).where(await aktePolicy.visible(tx, 'akte.sehen')).executeTakeFirstOrThrow();
  return { teilakten: t.teilakten, vorgaenge: v.vorgaenge, offeneVorgaenge: v.offen, dokumente: d.dokumente };
}
