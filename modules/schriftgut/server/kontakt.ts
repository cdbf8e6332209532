import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { foldText } from '#modules/aktenplan/contract.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Kontakt, KontaktAntwort, Objekttyp } from '../contract.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
type Row = Selectable<SchriftgutTables['schriftgut.kontakt']>;
type Eingabe = z.output<typeof Kontakt>;

/** How a list and a letter name them: the body, then the person. */
export function kontaktName(k: Pick<Eingabe, 'institution' | 'organisationseinheit' | 'titel' | 'vorname' | 'familienname' | 'behoerdenkennung'>): string {
  const person = [k.titel, k.vorname, k.familienname].filter(Boolean).join(' ');
  return [k.institution ?? k.organisationseinheit, person].filter(Boolean).join(', ') || k.behoerdenkennung?.kennung || '';
}

/** Absender and the others of one object, in their order; what was there before goes. */
export async function replaceKontakte(tx: WriteTx, objekt: Objekttyp, id: string, kontakte: readonly Eingabe[], neu = false) {
  if (!neu) await db.write(tx).deleteFrom('schriftgut.kontakt').where(`${objekt}_id`, '=', id).execute();
  if (!kontakte.length) return;
  await db.write(tx).insertInto('schriftgut.kontakt').values(kontakte.map((k, reihenfolge) => {
    const name = kontaktName(k);
    return {
      id: newId(), [`${objekt}_id`]: id, reihenfolge, art: k.art, rolle: k.rolle ?? null, rolle_code: k.rolleCode ? JSON.stringify(k.rolleCode) : null, name, name_such: foldText(name),
      behoerde_verzeichnisdienst: k.behoerdenkennung?.verzeichnisdienst ?? null, behoerde_kennung: k.behoerdenkennung?.kennung ?? null,
      institution: k.institution ?? null, institution_kurz: k.institutionKurz ?? null, organisationseinheit: k.organisationseinheit ?? null,
      anrede: k.anrede ?? null, titel: k.titel ?? null, familienname: k.familienname ?? null, vorname: k.vorname ?? null,
      taetigkeit: k.taetigkeit ?? null, zustaendigkeit: k.zustaendigkeit ?? null, geburtsdatum: k.geburtsdatum ?? null,
      anschriften: JSON.stringify(k.anschriften), unstrukturierte_anschriften: JSON.stringify(k.unstrukturierteAnschriften), erreichbarkeit: JSON.stringify(k.erreichbarkeit),
      erweiterungen_xml: k.erweiterungenXml,
    };
  })).execute();
}

const present = (r: Row): KontaktAntwort => ({
  id: r.id, name: r.name, art: r.art, rolle: r.rolle, rolleCode: r.rolle_code, institution: r.institution, institutionKurz: r.institution_kurz, organisationseinheit: r.organisationseinheit,
  anrede: r.anrede, titel: r.titel, vorname: r.vorname, familienname: r.familienname, taetigkeit: r.taetigkeit, zustaendigkeit: r.zustaendigkeit, geburtsdatum: r.geburtsdatum,
  behoerdenkennung: r.behoerde_kennung === null ? null : { verzeichnisdienst: r.behoerde_verzeichnisdienst ?? '', kennung: r.behoerde_kennung },
  anschriften: r.anschriften, unstrukturierteAnschriften: r.unstrukturierte_anschriften, erreichbarkeit: r.erreichbarkeit, erweiterungenXml: r.erweiterungen_xml,
});
export async function listKontakte(tx: ReadTx, objekt: Objekttyp, id: string): Promise<KontaktAntwort[]> {
  return (await db.read(tx).selectFrom('schriftgut.kontakt').selectAll().where(`${objekt}_id`, '=', id).orderBy('reihenfolge').execute()).map(present);
}

export type Namen = { absender: string[]; empfaenger: string[]; weitere: string[] };
/** Names only, for the rows of a list. */
export async function readKontaktnamen(tx: ReadTx, objekt: Objekttyp, ids: readonly string[]): Promise<Map<string, Namen>> {
  const all = new Map<string, Namen>();
  if (!ids.length) return all;
  const rows = await db.read(tx).selectFrom('schriftgut.kontakt').select([`${objekt}_id as objekt_id`, 'art', 'name']).where(`${objekt}_id`, 'in', [...ids]).orderBy('reihenfolge').execute();
  for (const { objekt_id, art, name } of rows) {
    const namen = all.get(objekt_id!) ?? { absender: [], empfaenger: [], weitere: [] };
    namen[feldVon(art)].push(name);
    all.set(objekt_id!, namen);
  }
  return all;
}
const feldVon = (art: Row['art']) => (art === 'weiterer' ? 'weitere' : art);
/** The same of Kontakte that are there already. */
export const namenVon = (kontakte: readonly Pick<Row, 'art' | 'name'>[]): Namen => {
  const of = (feld: keyof Namen) => kontakte.filter((k) => feldVon(k.art) === feld).map((k) => k.name);
  return { absender: of('absender'), empfaenger: of('empfaenger'), weitere: of('weitere') };
};
