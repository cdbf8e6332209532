import { getBenutzerKurz, getOrganisationseinheitenKurz, getRollenKurz, isOrganisationseinheitBeendet } from '#modules/organisation/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { FreigabeErrors } from './freigabe.ts';
import type { SubjektArt } from './subjekt.ts';

/** »63.1 Bauordnung«, »Registratur«, »Katrin Seidel«; who is missing in the answer is gone. */
export async function nameSubjekte(tx: ReadTx, alle: readonly { subjekt_art: SubjektArt | 'gast'; subjekt: string }[]): Promise<Map<string, string>> {
  const ids = (art: SubjektArt) => alle.filter((s) => s.subjekt_art === art).map((s) => s.subjekt);
  const [einheiten, rollen, personen] = [await getOrganisationseinheitenKurz(tx, ids('oe')), await getRollenKurz(tx, ids('rolle')), await getBenutzerKurz(tx, ids('person'))];
  return new Map([
    ...[...einheiten].map(([id, e]) => [`oe ${id}`, `${e.kennzeichen} ${e.bezeichnung}`] as const), ...[...rollen].map(([id, r]) => [`rolle ${id}`, r.bezeichnung] as const),
    ...[...personen].map(([id, p]) => [`person ${id}`, p.name] as const),
  ]);
}

/** A grant goes to somebody who is here, and to an OE only while it exists: nobody would belong to a dissolved one. */
export async function requireSubjekt(tx: ReadTx, art: SubjektArt, subjekt: string): Promise<void> {
  if (!(await nameSubjekte(tx, [{ subjekt_art: art, subjekt }])).size) throw FreigabeErrors.subjekt_unbekannt();
  if (art === 'oe' && await isOrganisationseinheitBeendet(tx, subjekt)) throw FreigabeErrors.oe_aufgeloest();
}
