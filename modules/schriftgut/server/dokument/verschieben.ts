import type { z } from 'zod';
import { requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Dokument, DokumentVerschieben } from '../../contract.ts';
import { DokumentErrors } from '../errors.ts';
import { kennzeichenVon } from '../kennzeichen.ts';
import { nextNummer, readTeilbaum, requireNichtStorniert } from '../ort.ts';
import { placeSchutz } from '../schutz.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { renameTeilbaum } from '../umbenennen.ts';
import { lockDokument } from './sperre.ts';
import { openOrt, requireVollstaendig } from './commands.ts';
import { getDokument } from './queries.ts';

const db = tables<SchriftgutTables>();
const present = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** ST-07: to another Akte, Vorgang or Dokument. Id, versions and history stay; number and Kennzeichen are those of the new place. */
export async function moveDokument(tx: WriteTx, id: string, ifMatch: number, { grund, ...ziel }: z.output<typeof DokumentVerschieben>): Promise<Dokument> {
  const row = await lockDokument(tx, 'dokument.verschieben', id);
  requireVersion(row, ifMatch);
  requireNichtStorniert(row);
  const baum = await readTeilbaum(tx, 'dokument', id);
  if (ziel.parentId !== undefined && baum.dokumente.includes(ziel.parentId)) throw DokumentErrors.in_sich();
  const ort = await openOrt(tx, ziel);
  if (ort.id === (row.parent_id ?? row.vorgang_id ?? row.akte_id)) throw DokumentErrors.ort_unveraendert();
  const von = await nameOrt(tx, row);
  if (row.parent_id !== null && ort.parent_id === null) await inheritKontakte(tx, row.parent_id, id);

  const nummer = await nextNummer(tx, ort.id);
  const kennzeichen = ort.parent ? kennzeichenVon.anlage(ort.kennzeichen, nummer) : kennzeichenVon.dokument(ort.kennzeichen, nummer);
  // Place and number in one statement: the old number may be taken in the new place.
  const moved = await db.write(tx).updateTable('schriftgut.dokument')
    .set((eb) => ({ akte_id: ort.akte_id, vorgang_id: ort.vorgang_id, parent_id: ort.parent_id, rolle: ort.parent_id === null ? null : row.rolle ?? 'anlage', nummer, version: eb('version', '+', 1), geaendert_am: new Date() })).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
  if (baum.dokumente.length > 1) await db.write(tx).updateTable('schriftgut.dokument').set({ akte_id: ort.akte_id, vorgang_id: ort.vorgang_id }).where('id', 'in', baum.dokumente).execute();
  await requireVollstaendig(tx, moved);
  await renameTeilbaum(tx, baum, row.kennzeichen, kennzeichen, grund ?? null);
  await placeSchutz(tx, 'dokument', row, ort.schutz_id, baum);
  await tx.record({
    art: 'dokument.verschoben',
    objekte: { dokument: present([...baum.dokumente, row.parent_id, ort.parent_id]), akte: present([row.akte_id, ort.akte_id]), vorgang: present([row.vorgang_id, ort.vorgang_id]) },
    daten: { von, nach: await nameOrt(tx, moved), kennzeichen: { alt: row.kennzeichen, neu: kennzeichen }, ...(grund && { grund }) },
  });
  return getDokument(tx, id);
}

/** An Anlage that becomes a Dokument of its own came from whom its Dokument came. */
async function inheritKontakte(tx: WriteTx, parentId: string, id: string) {
  const eigene = await db.write(tx).selectFrom('schriftgut.kontakt').select('id').where('dokument_id', '=', id).limit(1).executeTakeFirst();
  if (eigene) return;
  const rows = await db.write(tx).selectFrom('schriftgut.kontakt').selectAll().where('dokument_id', '=', parentId).execute();
  if (!rows.length) return;
  await db.write(tx).insertInto('schriftgut.kontakt').values(rows.map(({ mandant_id: _, ...k }) => ({
    ...k, id: newId(), dokument_id: id, rolle_code: k.rolle_code === null ? null : JSON.stringify(k.rolle_code),
    anschriften: JSON.stringify(k.anschriften), unstrukturierte_anschriften: JSON.stringify(k.unstrukturierte_anschriften), erreichbarkeit: JSON.stringify(k.erreichbarkeit),
  }))).execute();
}

type Platz = { akte_id: string; vorgang_id: string | null; parent_id: string | null };
/** Where it lies, as the history names it: the name as it is now. */
async function nameOrt(tx: WriteTx, { akte_id, vorgang_id, parent_id }: Platz) {
  if (parent_id !== null) {
    const d = await db.write(tx).selectFrom('schriftgut.dokument').select(['id', 'kennzeichen', 'betreff']).where('id', '=', parent_id).executeTakeFirstOrThrow();
    return { typ: 'dokument', id: d.id, bezeichnung: `${d.kennzeichen} ${d.betreff}` };
  }
  return nameContainer(tx, { akte_id, vorgang_id });
}
export async function nameContainer(tx: WriteTx, { akte_id, vorgang_id }: { akte_id: string; vorgang_id: string | null }) {
  if (vorgang_id !== null) {
    const v = await db.write(tx).selectFrom('schriftgut.vorgang').select(['id', 'kennzeichen', 'betreff']).where('id', '=', vorgang_id).executeTakeFirstOrThrow();
    return { typ: 'vorgang', id: v.id, bezeichnung: `${v.kennzeichen} ${v.betreff}` };
  }
  const a = await db.write(tx).selectFrom('schriftgut.akte').select(['id', 'aktenzeichen', 'betreff']).where('id', '=', akte_id).executeTakeFirstOrThrow();
  return { typ: 'akte', id: a.id, bezeichnung: `${a.aktenzeichen} ${a.betreff}` };
}
