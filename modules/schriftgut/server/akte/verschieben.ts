import { sql } from 'kysely';
import type { z } from 'zod';
import { assignAktenzeichen, getAktenplaneinheitenKurz, requireBelegbar } from '#modules/aktenplan/server/index.ts';
import { getSchutzbereichDerFederfuehrung } from '#modules/zugriff/server/index.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Akte, AkteVerschieben } from '../../contract.ts';
import { AkteErrors } from '../errors.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import type { AkteRow } from '../metadaten.ts';
import { holdOffen, lock, nextNummer, readTeilbaum, requireErlaubteTiefe, requireOffen, type Teilbaum } from '../ort.ts';
import { aktePolicy } from '../policy.ts';
import { objekteOf, placeSchutz } from '../schutz.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { renameTeilbaum } from '../umbenennen.ts';
import { getAkte } from './queries.ts';

const db = tables<SchriftgutTables>();
type Eingabe = z.output<typeof AkteVerschieben>;
type Platz = { parent_id: string | null; tiefe: number; nummer: number | null; aktenplaneinheit_id: string; schutz_id: string; aktenzeichen: string };

/** ST-07: Umschreiben to another unit of the Aktenplan, into another Akte as its Teilakte, or out of one. */
export async function moveAkte(tx: WriteTx, id: string, ifMatch: number, input: Eingabe): Promise<Akte> {
  await aktePolicy.authorize(tx, 'akte.verschieben', id);
  await lock(tx, 'akte', id);
  const row = await aktePolicy.authorize(tx, 'akte.verschieben', id);
  requireVersion(row, ifMatch);
  requireOffen('akte', row);
  const baum = await readTeilbaum(tx, 'akte', id);
  const parentId = input.parentId === undefined ? (input.aktenplaneinheitId === undefined ? row.parent_id : null) : input.parentId;
  if (parentId !== null && baum.akten.includes(parentId)) throw AkteErrors.in_sich();
  if (parentId === row.parent_id && (input.aktenplaneinheitId ?? row.aktenplaneinheit_id) === row.aktenplaneinheit_id) throw AkteErrors.ort_unveraendert();
  const platz = parentId === null ? await placeInAktenplan(tx, row, input) : await placeInAkte(tx, row, parentId, input, baum);
  const von = await nameOrt(tx, row);

  await db.write(tx).updateTable('schriftgut.akte').set({ aktenplaneinheit_id: platz.aktenplaneinheit_id, tiefe: sql`tiefe + ${platz.tiefe - row.tiefe}` }).where('id', 'in', baum.akten).execute();
  if (baum.vorgaenge.length && platz.tiefe !== row.tiefe) await db.write(tx).updateTable('schriftgut.vorgang').set({ tiefe: sql`tiefe + ${platz.tiefe - row.tiefe}` }).where('id', 'in', baum.vorgaenge).execute();
  await db.write(tx).updateTable('schriftgut.akte').set((eb) => ({ parent_id: platz.parent_id, nummer: platz.nummer, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).execute();
  await renameTeilbaum(tx, baum, row.aktenzeichen, platz.aktenzeichen, input.grund);
  await placeSchutz(tx, 'akte', row, platz.schutz_id, baum);
  await tx.record({
    art: 'akte.verschoben', objekte: { ...objekteOf(baum), akte: [...new Set([...baum.akten, ...[row.parent_id, platz.parent_id].filter((a) => a !== null)])], aktenplaneinheit: [...new Set([row.aktenplaneinheit_id, platz.aktenplaneinheit_id])] },
    daten: { von, nach: await nameOrt(tx, platz), kennzeichen: { alt: row.aktenzeichen, neu: platz.aktenzeichen }, grund: input.grund },
  });
  return getAkte(tx, id);
}

async function placeInAktenplan(tx: WriteTx, row: AkteRow, { aktenplaneinheitId, aktenzeichenBehalten }: Eingabe): Promise<Platz> {
  const einheit = await requireBelegbar(tx, aktenplaneinheitId ?? row.aktenplaneinheit_id);
  const schutzId = await getSchutzbereichDerFederfuehrung(tx, { parentId: einheit.schutz_id, organisationseinheitId: row.federfuehrung_id });
  await aktePolicy.authorizeIn(tx, 'akte.anlegen', schutzId);
  const aktenzeichen = aktenzeichenBehalten ? row.aktenzeichen : (await assignAktenzeichen(tx, { aktenplaneinheitId: einheit.id, organisationseinheitId: row.federfuehrung_id, objektId: row.id })).aktenzeichen;
  return { parent_id: null, tiefe: 1, nummer: null, aktenplaneinheit_id: einheit.id, schutz_id: schutzId, aktenzeichen };
}

async function placeInAkte(tx: WriteTx, row: AkteRow, parentId: string, { aktenzeichenBehalten }: Eingabe, baum: Teilbaum): Promise<Platz> {
  const parent = await aktePolicy.authorize(tx, 'akte.bearbeiten', parentId);
  await aktePolicy.authorizeIn(tx, 'akte.anlegen', parent.schutz_id, [parent.id]);
  await holdOffen(tx, 'akte', parentId);
  const tiefste = async (table: 'schriftgut.akte' | 'schriftgut.vorgang', ids: readonly string[]) =>
    ids.length ? (await db.write(tx).selectFrom(table).select((eb) => eb.fn.max('tiefe').as('t')).where('id', 'in', [...ids]).executeTakeFirstOrThrow()).t : 0;
  const unten = Math.max(await tiefste('schriftgut.akte', baum.akten), await tiefste('schriftgut.vorgang', baum.vorgaenge));
  await requireErlaubteTiefe(tx, parent.tiefe + 1 + unten - row.tiefe);
  const nummer = await nextNummer(tx, parentId);
  return {
    parent_id: parentId, tiefe: parent.tiefe + 1, nummer, aktenplaneinheit_id: parent.aktenplaneinheit_id, schutz_id: parent.schutz_id,
    aktenzeichen: aktenzeichenBehalten ? row.aktenzeichen : kennzeichenVon.teilakte(parent.aktenzeichen, nummer),
  };
}

async function nameOrt(tx: WriteTx, { parent_id, aktenplaneinheit_id }: Pick<Platz, 'parent_id' | 'aktenplaneinheit_id'>) {
  if (parent_id !== null) {
    const a = await db.write(tx).selectFrom('schriftgut.akte').select(['aktenzeichen', 'betreff']).where('id', '=', parent_id).executeTakeFirstOrThrow();
    return { typ: 'akte', id: parent_id, bezeichnung: `${a.aktenzeichen} ${a.betreff}` };
  }
  const e = (await getAktenplaneinheitenKurz(tx, [aktenplaneinheit_id])).get(aktenplaneinheit_id);
  return { typ: 'aktenplaneinheit', id: aktenplaneinheit_id, bezeichnung: `${e?.kennzeichen ?? ''} ${e?.bezeichnung ?? ''}`.trim() };
}
