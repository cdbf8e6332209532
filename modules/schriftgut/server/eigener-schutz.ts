import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { createSchutzbereich, getSchutzbereichDerFederfuehrung, grantFreigabe } from '#modules/zugriff/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import type { Klasse } from '#platform/server/policy.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import { SchriftgutErrors } from './errors.ts';
import { lock } from './ort.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import { objekteOf, rewriteSchutz } from './schutz.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

export async function authorizeVerwalten(tx: WriteTx, typ: Objekttyp, id: string) {
  switch (typ) {
    case 'akte': { const a = await aktePolicy.authorize(tx, 'akte.verwalten', id); return { ...a, kennzeichen: a.aktenzeichen }; }
    case 'vorgang': return vorgangPolicy.authorize(tx, 'vorgang.verwalten', id);
    case 'dokument': return dokumentPolicy.authorize(tx, 'dokument.verwalten', id);
  }
}

/** The object and what lies in it leave the inherited Schutzbereich for one of their own, below the old one. */
export async function createEigenenSchutz(tx: WriteTx, typ: Objekttyp, id: string, { erbt, klasse = null, grund }: { erbt: boolean; klasse?: Klasse | null; grund: string }) {
  await lock(tx, typ, id);
  const row = await authorizeVerwalten(tx, typ, id);
  if (row.schutz_eigen) throw SchriftgutErrors.schutz_schon_eigen();
  // By its Kennzeichen: whoever keeps the Schutzbereiche need not know what the object is about.
  const schutzId = await createSchutzbereich(tx, { bezeichnung: row.kennzeichen, parentId: row.schutz_id, erbt, klasse });
  // Otherwise cutting the inheritance would shut out whoever does it, and nobody could undo it.
  if (tx.ctx.akteur.art === 'person') await grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: wessen(tx.ctx.akteur), stufe: 'verwalten' });
  await db.write(tx).updateTable(`schriftgut.${typ}`).set({ schutz_eigen: true }).where('id', '=', id).execute();
  const baum = await rewriteSchutz(tx, typ, id, schutzId);
  await tx.record({ art: 'schutz.eigen', objekte: { ...objekteOf(baum), schutzbereich: schutzId }, daten: { erbt, grund, ...(klasse && { klasse }) } });
  return { schutzId };
}

/** Back to what is inherited. */
export async function deleteEigenenSchutz(tx: WriteTx, typ: Objekttyp, id: string) {
  await lock(tx, typ, id);
  const row = await authorizeVerwalten(tx, typ, id);
  if (!row.schutz_eigen) throw SchriftgutErrors.schutz_nicht_eigen();
  const schutzId = await inheritedSchutz(tx, row);
  await db.write(tx).updateTable(`schriftgut.${typ}`).set({ schutz_eigen: false }).where('id', '=', id).execute();
  const baum = await rewriteSchutz(tx, typ, id, schutzId);
  await tx.record({ art: 'schutz.geerbt', objekte: { ...objekteOf(baum), schutzbereich: schutzId }, daten: {} });
  return { schutzId };
}

type Row = { parent_id: string | null; akte_id?: string; vorgang_id?: string | null; aktenplaneinheit_id?: string; federfuehrung_id: string | null };
/** That of what it lies in; of an Akte that of its Federführung in its unit. */
async function inheritedSchutz(tx: WriteTx, row: Row): Promise<string> {
  if (row.aktenplaneinheit_id !== undefined && row.parent_id === null) {
    const einheit = (await getAktenplaneinheitenKurz(tx, [row.aktenplaneinheit_id])).get(row.aktenplaneinheit_id)!;
    return getSchutzbereichDerFederfuehrung(tx, { parentId: einheit.schutzId, organisationseinheitId: row.federfuehrung_id! });
  }
  const [table, oben] = row.aktenplaneinheit_id !== undefined ? ['schriftgut.akte' as const, row.parent_id!]
    : row.parent_id !== null ? [row.vorgang_id === undefined ? 'schriftgut.vorgang' as const : 'schriftgut.dokument' as const, row.parent_id]
      : row.vorgang_id ? ['schriftgut.vorgang' as const, row.vorgang_id] : ['schriftgut.akte' as const, row.akte_id!];
  return (await db.write(tx).selectFrom(table).select('schutz_id').where('id', '=', oben).executeTakeFirstOrThrow()).schutz_id;
}
