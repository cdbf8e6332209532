import { sql } from 'kysely';
import type { Akteur, RequestContext } from '#platform/server/context.ts';
import { AppError, NotFound } from '#platform/server/errors.ts';
import type { Sicht } from '#platform/server/module.ts';
import { tables, type Database, type ReadTx } from '#platform/server/tx.ts';
import { heute } from '#platform/server/zeit.ts';
import { readKonten } from '../konten.ts';
import { getBenutzerKurz } from '../kurz.ts';
import { isEffective } from '../rechte.ts';
import { effectiveRechte } from '../rolle.ts';
import type { OrganisationTables } from '../tables.gen.ts';
import { valueOf } from '../verbund.ts';
import { endeDesTages, isLaufend, readVorrangige, type Zeile } from './zeilen.ts';

const db = tables<OrganisationTables>();

const Beendet = () => new AppError('vertretung.beendet', 410, 'Diese Vertretung ist beendet');
const NochNicht = (von: string) => new AppError('vertretung.noch_nicht', 403, 'Diese Vertretung hat noch nicht begonnen', { von });
const NichtAnDerReihe = (wer: string) => new AppError('vertretung.nicht_an_der_reihe', 403, `Zuerst vertritt ${wer}; Sie sind an der Reihe, wenn dort niemand da ist`);
const Kennwort = () => new AppError('vertretung.kennwort', 403, 'Ändern Sie zuerst Ihr Einmalkennwort');

type Rollen = { id: string; schluessel: string | null; rechte: string[] | null }[];
type Person = { rollen: Rollen; organisationseinheiten: string[] };

async function requireKonto(tx: ReadTx, benutzerId: string) {
  const row = await db.read(tx).selectFrom('organisation.benutzer').select(['konto_id', 'gesperrt']).where('id', '=', benutzerId).executeTakeFirst();
  const [konto] = row ? await readKonten(tx, [row.konto_id]) : [];
  if (!konto || row!.gesperrt || konto.gesperrt) throw Beendet();
  return konto;
}

/** Now, for this person: live, begun, and its turn. */
async function requireVertretung(tx: ReadTx, id: string): Promise<Zeile> {
  const row = await db.read(tx).selectFrom('organisation.vertretung').selectAll().where('id', '=', id).where('vertreter_id', '=', tx.ctx.akteur.id).executeTakeFirst();
  if (!row) throw NotFound('Vertretung');
  if (!isLaufend(row)) throw row.beendet === null && row.von > heute() ? NochNicht(row.von) : Beendet();
  const [vor] = (await readVorrangige(tx, [row]))(row);
  if (vor) throw NichtAnDerReihe((await getBenutzerKurz(tx, [vor.vertreterId])).get(vor.vertreterId)?.name ?? 'jemand anderes');
  return row;
}

/**
 * Of each of these Vertretungen the absent person as she is today, cut to the extent: never more than she may do and reach herself. By OE, neither what her Rollen reach nor what was
 * given to her alone; by Rolle, its Rechte and its reach beside those of her OEs; by Sachgebiet, only what stands there.
 */
export async function readAkteure(tx: ReadTx, rows: readonly Zeile[]): Promise<Map<string, Akteur>> {
  if (!rows.length) return new Map();
  const personen = new Map((await db.read(tx).selectFrom('organisation.vertretung as v').select(['v.id', sql<Person | null>`organisation.resolve_vertretene(v.benutzer_id, case when v.umfang_art = 'oe' then v.umfang end)`.as('person')])
    .where('v.id', 'in', rows.map((r) => r.id)).execute()).map((r) => [r.id, r.person]));
  const schutzVon = await readSachgebiete(tx, rows);
  const eigenhaendig = new Set(tx.extensions('eigenhaendig').flat());
  return new Map(rows.flatMap((row) => {
    const { umfang_art: art, umfang: ids } = row;
    const person = personen.get(row.id);
    if (!person) return [];
    const rollen = art === 'rolle' ? person.rollen.filter((r) => ids.includes(r.id)) : person.rollen;
    return [[row.id, {
      art: 'person', id: row.vertreter_id, vertretenId: row.benutzer_id,
      rechte: new Set(rollen.flatMap((rolle) => effectiveRechte(tx.rechte, rolle)).filter((recht) => isEffective(tx, recht) && !eigenhaendig.has(recht))),
      rollen: art === 'oe' ? [] : rollen.map((r) => r.id), organisationseinheiten: person.organisationseinheiten,
      umfang: { klassen: row.klassen, ...(art === 'sachgebiet' && { schutz: ids.flatMap((id) => schutzVon.get(id) ?? []) }), ...(art === 'oe' && { persoenlich: false as const }) },
    }] as const];
  }));
}
/** Where the Sachgebiete of these Vertretungen stand. */
async function readSachgebiete(tx: ReadTx, rows: readonly Zeile[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((r) => (r.umfang_art === 'sachgebiet' ? r.umfang : [])))];
  const found = ids.length ? await Promise.all(tx.extensions('sachgebiete').map((s) => s.find(tx, ids))) : [];
  return new Map(found.flatMap((f) => [...f].map(([id, { schutzId }]) => [id, schutzId] as const)));
}

async function readSicht(tx: ReadTx, id: string): Promise<Pick<RequestContext, 'akteur' | 'sicht'>> {
  if ((await requireKonto(tx, tx.ctx.akteur.id)).muss_aendern) throw Kennwort();
  const row = await requireVertretung(tx, id);
  await requireKonto(tx, row.benutzer_id);
  const bis = await valueOf<string | null>(tx, endeDesTages(row.bis));
  const bezeichnung = (await getBenutzerKurz(tx, [row.benutzer_id])).get(row.benutzer_id)?.name ?? '';
  const akteur = (await readAkteure(tx, [row])).get(id);
  if (!akteur) throw Beendet();
  return { akteur, sicht: { art: 'fuer', id, bezeichnung, bis: bis === null ? null : new Date(bis).toISOString() } };
}

/** Asked with every request: what has ended has no next one. */
async function enter(database: Database, own: RequestContext, id: string): Promise<RequestContext> {
  const { sitzungId: _, ...rest } = own;
  return { ...rest, ...(await database.read(own, (tx) => readSicht(tx, id))) };
}
export const fuerSicht: Sicht = { art: 'fuer', enter };
