import { getBenutzerKurz, listMitglieder, nameRechte, readRollenMitRechten } from '#modules/organisation/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { Forbidden, NotFound } from '#platform/server/errors.ts';
import { stufen, type Stufe } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { SPERREN } from '../gesperrt.ts';
import { readErlaubtHier } from '../reichweite.ts';
import { getSperre, presentSperre } from '../sperre.ts';
import { subjekteOf, type ObjektsubjektArt, type Subjekte } from '../subjekt.ts';
import { findArt, klasseVon, readFreigabenBis, readKette, readObjektfreigabenFuer, readWorin, type Erklaerbar, type Grundlage, type Wirkungslos } from './grundlage.ts';
import { createBeschreibung } from './namen.ts';
import { readRechtestand, staerker, type Treffer, type Wie } from './personen.ts';

export const SEHEN = 'zugriff.sehen';

/** Who may see who may see it: whoever administers the object, or the Schutzbereiche of the Mandant. */
export async function requireWerDarf(tx: ReadTx, art: Erklaerbar, id: string): Promise<void> {
  if (!tx.ctx.akteur.rechte.has(SEHEN)) await art.authorize(tx, 'verwalten', id);
}

/** A person as a login would make one of them; the locked reach nothing. */
export async function readAkteur(tx: ReadTx, benutzerId: string): Promise<{ akteur: Akteur; wie: Map<string, Wie> }> {
  const mitglied = await listMitglieder(tx, { benutzerIds: [benutzerId] });
  const [stand] = (await readRechtestand(tx, [benutzerId])).values();
  const frei = mitglied.length > 0;
  return {
    akteur: { ...stand!.akteur, id: benutzerId, ...(!frei && { rollen: [], rechte: new Set() }), organisationseinheiten: mitglied.filter((m) => m.subjektArt === 'oe').map((m) => m.subjekt) },
    wie: new Map(mitglied.map((m) => [m.subjekt, m.wie])),
  };
}

const hat = (s: Subjekte, art: ObjektsubjektArt, id: string) => s[art].includes(id);
/** Of all that reaches an object, what was given to this Akteur. */
function filterTreffer(grundlagen: readonly Grundlage[], akteur: Akteur, wie: ReadonlyMap<string, Wie>): Treffer[] {
  const subjekte = subjekteOf(akteur);
  return grundlagen.filter((g) => hat(subjekte, g.subjektArt, g.subjekt))
    .map((grundlage): Treffer => ({ grundlage, wie: grundlage.subjektArt === 'person' ? 'selbst' : grundlage.subjektArt === 'gast' ? 'gast' : grundlage.subjektArt === 'rolle' ? 'rolle' : wie.get(grundlage.subjekt) ?? 'mitglied' })).sort(staerker);
}

/** All grants that lead to one object, whoever has them. */
export async function readGrundlagen(tx: ReadTx, schutzId: string, ids: readonly string[]) {
  const kette = await readKette(tx, schutzId);
  const { wirken, ohne } = await readFreigabenBis(tx, kette);
  const objektfreigaben = await readObjektfreigabenFuer(tx, { schutzId, worin: await readWorin(tx, ids), ids });
  return { kette, alle: [...wirken, ...objektfreigaben], ohne };
}

/** Each Recht on the object, allowed or what is missing, and every grant that leads there; of oneself, or of a person for whoever may ask. */
export async function getWarum(tx: ReadTx, typ: string, id: string, benutzerId?: string) {
  const art = findArt(tx, typ);
  const { akteur: ich } = tx.ctx;
  const selbst = benutzerId === undefined || benutzerId === ich.id;
  if (selbst) await art.authorize(tx, 'sehen', id); else await requireWerDarf(tx, art, id);
  const person = selbst ? { akteur: ich, wie: ich.art === 'gast' ? new Map<string, Wie>() : (await readAkteur(tx, ich.vertretenId ?? ich.id)).wie } : await readAkteur(tx, benutzerId);
  const { akteur } = person;
  const erklaerung = await art.auskunft.erklaere(tx, id, [akteur]);
  const namen = await getBenutzerKurz(tx, [akteur.id, ...(akteur.vertretenId ? [akteur.vertretenId] : [])]);
  if (!erklaerung || (!selbst && !namen.has(akteur.id))) throw NotFound(art.label);
  const { kette, alle, ohne } = await readGrundlagen(tx, erklaerung.schutzId, [id, ...erklaerung.worin.filter((w) => w !== id)]);
  const darfHinein = (await readErlaubtHier(tx, kette.map((k) => k.id)))(akteur);
  const sperre = await getSperre(tx, erklaerung.schutzId);
  const ausgesperrt = sperre !== null && !akteur.rechte.has(SPERREN);
  const treffer = darfHinein ? filterTreffer(alle, akteur, person.wie) : [];
  const weil = darfHinein ? ohne : [...alle.map((g): Wirkungslos => ({ ...g, weil: ausgesperrt ? 'sperre' : 'umfang', wo: ausgesperrt ? sperre.schutzId : null })), ...ohne];
  const abgewiesen = filterTreffer(weil, akteur, person.wie);
  const beschreibe = await createBeschreibung(tx, [...treffer, ...abgewiesen].map((t) => t.grundlage));
  const stufe = treffer[0]?.grundlage.stufe ?? null;
  const kurz = (await art.kurz(tx, [id])).get(id);
  const bezeichnung = new Map(kette.map((k) => [k.id, k.bezeichnung]));
  return {
    objekt: { typ, label: art.label, id, titel: kurz?.titel ?? null, kennzeichen: kurz?.kennzeichen ?? null, pfad: kurz?.pfad ?? null },
    person: { id: akteur.id, name: namen.get(akteur.id)?.name ?? '', vertritt: namen.get(akteur.vertretenId ?? '')?.name ?? null, gast: akteur.art === 'gast' },
    schutzbereich: { id: kette[0]!.id, bezeichnung: kette[0]!.bezeichnung }, klasse: klasseVon(kette), sperre: presentSperre(sperre, akteur), stufe, gruende: treffer.map(beschreibe),
    ohneWirkung: abgewiesen.map((t) => { const { weil: grund, wo } = weil.find((o) => o.id === t.grundlage.id)!; return { ...beschreibe(t), weil: grund, wo: wo === null ? null : { id: wo, bezeichnung: bezeichnung.get(wo)! } }; }),
    rechte: await explainRechte(tx, akteur, erklaerung.rechte, erklaerung.gehindert[0]!, { beste: stufe, ausgesperrt }),
  };
}

type Lage = { beste: Stufe | null; ausgesperrt: boolean };
async function explainRechte(tx: ReadTx, akteur: Akteur, rechte: readonly { recht: string; stufe: Stufe }[], gehindert: ReadonlySet<string>, { beste, ausgesperrt }: Lage) {
  const namen = nameRechte(tx);
  const rollen = await readRollenMitRechten(tx);
  const eigene = akteur.rollen.flatMap((id) => rollen.get(id) ?? []);
  // What hides the object takes every Recht: who may not know of it can do nothing with it.
  const verborgen = gehindert.has(rechte[0]!.recht);
  return rechte.map(({ recht, stufe }) => {
    const fehlt = [
      ...(akteur.rechte.has(recht) ? [] : ['rolle' as const]), ...(ausgesperrt ? ['sperre' as const] : beste !== null && stufen.indexOf(beste) >= stufen.indexOf(stufe) ? [] : ['stufe' as const]), ...(gehindert.has(recht) || verborgen ? ['zustand' as const] : []),
    ];
    return { recht, name: namen.get(recht) ?? recht, stufe, erlaubt: fehlt.length === 0, rollen: eigene.filter((r) => r.rechte.has(recht)).map((r) => r.bezeichnung), fehlt };
  });
}

/** Oneself, or whoever keeps the Schutzbereiche. */
export function requirePerson(tx: ReadTx, benutzerId: string) {
  if (tx.ctx.akteur.id !== benutzerId && !tx.ctx.akteur.rechte.has(SEHEN)) throw Forbidden(SEHEN);
}
