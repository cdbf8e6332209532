import { sql } from 'kysely';
import { newId } from '#platform/server/ids.ts';
import type { Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { FreigabeErrors } from './freigabe.ts';
import { MANDANT } from './objektreichweite.ts';
import { forgetReichweite } from './reichweite.ts';
import { requireSubjekt } from './subjekte.ts';
import type { ObjektsubjektArt } from './subjekt.ts';
import type { ZugriffTables } from './tables.gen.ts';

const db = tables<ZugriffTables>();

export type ObjektfreigabeAngaben = {
  /** A kind that stands in a Schutzbereich (`schutzobjekt`), or 'mandant' with its id: everything. */
  objektTyp: string; objektId: string;
  /** 'gast': the Benutzer or OE of another Mandant; whoever grants it has looked them up. */
  subjektArt: ObjektsubjektArt; subjekt: string;
  stufe: Stufe; von?: string | Date; bis?: string | Date | null; zweck: string;
  /** What it is given for: it is taken back by that. */
  anlass?: { typ: string; id: string };
};

/** Gives a subject this Stufe on one object and what lies in it, as far as no cut lies between. Its caller authorises, and takes it back. */
export async function grantObjektfreigabe(tx: WriteTx, angaben: ObjektfreigabeAngaben): Promise<string> {
  const { objektTyp, objektId, subjektArt, subjekt, stufe, von = new Date(), bis = null, zweck, anlass } = angaben;
  if (subjektArt !== 'gast') await requireSubjekt(tx, subjektArt, subjekt);
  if (!(await isBekannt(tx, objektTyp, objektId))) throw FreigabeErrors.objekt_unbekannt();
  if (bis !== null && new Date(bis) <= new Date(von)) throw FreigabeErrors.zeitraum_verkehrt();
  const werte = { stufe, gueltig_von: von, gueltig_bis: bis, zweck, erteilt_von: tx.ctx.akteur.art === 'system' ? null : tx.ctx.akteur.id };
  const { id } = await db.write(tx).insertInto('zugriff.objektfreigabe').values({ id: newId(), objekt_typ: objektTyp, objekt_id: objektId, subjekt_art: subjektArt, subjekt, anlass_typ: anlass?.typ ?? null, anlass_id: anlass?.id ?? null, ...werte })
    .onConflict((c) => c.expression(sql`mandant_id, subjekt, objekt_id, subjekt_art, coalesce(anlass_id, objekt_id)`).doUpdateSet({ ...werte, erteilt: sql<string>`now()` })).returning('id').executeTakeFirstOrThrow();
  await tx.record({ art: 'objektfreigabe.erteilt', objekte: objekteOf({ id, objekt_typ: objektTyp, objekt_id: objektId, subjekt_art: subjektArt, subjekt }), daten: { subjektArt, subjekt, stufe, zweck, bis: bis === null ? null : new Date(bis).toISOString() } });
  forgetReichweite(tx);
  return id;
}

async function isBekannt(tx: ReadTx, typ: string, id: string): Promise<boolean> {
  if (typ === MANDANT) return id === tx.ctx.mandantId;
  return (await tx.extensions('schutzobjekt').find((s) => s.typ === typ)?.bereich?.(tx, [id]))?.has(id) ?? false;
}

/** By its id, or all that were given for one thing. Nothing to take back is no error. Its caller authorises. */
export async function revokeObjektfreigabe(tx: WriteTx, welche: { id: string } | { anlass: { typ: string; id: string } }): Promise<void> {
  const gone = await db.write(tx).deleteFrom('zugriff.objektfreigabe')
    .where((eb) => ('id' in welche ? eb('id', '=', welche.id) : eb.and([eb('anlass_typ', '=', welche.anlass.typ), eb('anlass_id', '=', welche.anlass.id)]))).returningAll().execute();
  for (const f of gone) {
    await tx.record({ art: 'objektfreigabe.entzogen', objekte: objekteOf(f), daten: { subjektArt: f.subjekt_art, subjekt: f.subjekt, stufe: f.stufe, zweck: f.zweck } });
  }
  if (gone.length) forgetReichweite(tx);
}

const objekteOf = (f: { id: string; objekt_typ: string; objekt_id: string; subjekt_art: ObjektsubjektArt; subjekt: string }) =>
  ({ objektfreigabe: f.id, [f.objekt_typ]: f.objekt_id, ...(f.subjekt_art === 'person' && { benutzer: f.subjekt }) });
