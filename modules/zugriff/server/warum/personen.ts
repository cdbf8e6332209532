import { listMitglieder, readRollenMitRechten, readRollenVon, type RolleMitRechten, type Zugehoerigkeit } from '#modules/organisation/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import type { Erklaerung } from '#platform/server/auskunft.ts';
import { stufen, type Stufe } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import type { Grundlage } from './grundlage.ts';

export type Wie = 'selbst' | Zugehoerigkeit | 'gast';
/** What reaches one person, the strongest first. */
export type Treffer = { grundlage: Grundlage; wie: Wie };

const rank = (stufe: Stufe) => stufen.indexOf(stufe);
const naehe: readonly Wie[] = ['selbst', 'mitglied', 'unter', 'leitung', 'rolle', 'gast'];
/** The higher Stufe; of the same, what was given to the object or person itself before what comes from farther away. */
export const staerker = (a: Treffer, b: Treffer) => rank(b.grundlage.stufe) - rank(a.grundlage.stufe) || Number(a.grundlage.geerbt) - Number(b.grundlage.geerbt)
  || naehe.indexOf(a.wie) - naehe.indexOf(b.wie) || (a.grundlage.seit < b.grundlage.seit ? -1 : 1);

/** Whom these grants reach, people of this Mandant who are not locked. `nur`: of these alone. */
export async function reachPersonen(tx: ReadTx, grundlagen: readonly Grundlage[], nur?: readonly string[]): Promise<Map<string, Treffer[]>> {
  const ids = (art: string) => [...new Set(grundlagen.filter((g) => g.subjektArt === art).map((g) => g.subjekt))];
  const mitglieder = await listMitglieder(tx, { rollen: ids('rolle'), oes: ids('oe'), ...(nur && { benutzerIds: nur }) });
  const je = Map.groupBy(mitglieder, (m) => `${m.subjektArt} ${m.subjekt}`);
  const treffer = new Map<string, Treffer[]>();
  const add = (benutzerId: string, t: Treffer) => { const alte = treffer.get(benutzerId); if (alte) alte.push(t); else treffer.set(benutzerId, [t]); };
  for (const grundlage of grundlagen) {
    if (grundlage.subjektArt === 'person') { if (!nur || nur.includes(grundlage.subjekt)) add(grundlage.subjekt, { grundlage, wie: 'selbst' }); }
    else for (const m of je.get(`${grundlage.subjektArt} ${grundlage.subjekt}`) ?? []) add(m.benutzerId, { grundlage, wie: m.wie });
  }
  for (const list of treffer.values()) list.sort(staerker);
  return treffer;
}

export type Rechtestand = { rollen: readonly RolleMitRechten[]; akteur: Akteur };
/** Everybody's Rollen and the Rechte they give, as a login would resolve them; who holds the same Rollen shares one entry. */
export async function readRechtestand(tx: ReadTx, benutzerIds: readonly string[]): Promise<Map<string, Rechtestand>> {
  const [alle, von] = [await readRollenMitRechten(tx), await readRollenVon(tx, benutzerIds)];
  const gleiche = new Map<string, Rechtestand>();
  return new Map(benutzerIds.map((id) => {
    const ids = von.get(id) ?? [];
    const key = ids.join();
    let stand = gleiche.get(key);
    if (!stand) {
      const rollen = ids.flatMap((r) => alle.get(r) ?? []);
      stand = { rollen, akteur: { art: 'person', id, rollen: ids, rechte: new Set(rollen.flatMap((r) => [...r.rechte])), organisationseinheiten: [] } };
      gleiche.set(key, stand);
    }
    return [id, stand] as const;
  }));
}

/** Which Stufen somebody has in fact: the grant suffices, a Rolle holds the Recht, and no state stands against it. As `authorize` decides. */
export function wirksameStufen({ rechte }: Pick<Erklaerung, 'rechte'>, gehindert: ReadonlySet<string>, recht: (stufe: Stufe) => string, gehalten: ReadonlySet<string>, beste: Stufe | null): Stufe[] {
  if (beste === null || gehindert.has(rechte[0]!.recht)) return [];
  return stufen.filter((stufe) => {
    const name = recht(stufe);
    const braucht = rechte.find((r) => r.recht === name);
    return braucht !== undefined && gehalten.has(name) && rank(beste) >= rank(braucht.stufe) && !gehindert.has(name);
  });
}
