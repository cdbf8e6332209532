import { listVertreterVon, readPersonen, type PersonZeile } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { stufen, type Stufe } from '#platform/server/policy.ts';
import type { Akteur } from '#platform/server/context.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { readGesperrte, SPERREN } from '../gesperrt.ts';
import { readErlaubtHier } from '../reichweite.ts';
import { subjekteOf } from '../subjekt.ts';
import { SCHUTZBEREICH, findArt, readKette, type Grundlage } from './grundlage.ts';
import { createBeschreibung } from './namen.ts';
import { reachPersonen, readRechtestand, wirksameStufen, type Treffer } from './personen.ts';
import { readGrundlagen, requireWerDarf, SEHEN } from './warum.ts';
import { Forbidden } from '#platform/server/errors.ts';

/** Somebody who may see the object, with the Stufen they have in fact. */
export type Zugang = { art: 'person' | 'gast' | 'vertretung'; id: string; name: string; funktion: string; stufen: readonly Stufe[]; treffer: readonly Treffer[]; vertritt: { id: string; name: string; bis: string | null } | null };

/** What leads to an object, and who must hold which Recht; of a Schutzbereich the grants alone. */
async function readZiel(tx: ReadTx, typ: string, id: string, geprueft: boolean) {
  if (typ === SCHUTZBEREICH) {
    if (!tx.ctx.akteur.rechte.has(SEHEN)) throw Forbidden(SEHEN);
    const [hier] = await readKette(tx, id);
    if (!hier) throw NotFound('Schutzbereich');
    return { objekt: { typ, label: 'Schutzbereich', id, titel: hier.bezeichnung, kennzeichen: null, pfad: `/verwaltung/schutzbereiche/${id}` }, art: undefined, schutzId: id, ids: [] };
  }
  const art = findArt(tx, typ);
  if (!geprueft) await requireWerDarf(tx, art, id);
  const erklaerung = await art.auskunft.erklaere(tx, id, []);
  if (!erklaerung) throw NotFound(art.label);
  const kurz = (await art.kurz(tx, [id])).get(id);
  return { objekt: { typ, label: art.label, id, titel: kurz?.titel ?? null, kennzeichen: kurz?.kennzeichen ?? null, pfad: kurz?.pfad ?? null }, art, schutzId: erklaerung.schutzId, ids: [id, ...erklaerung.worin.filter((w) => w !== id)] };
}
type Ziel = Awaited<ReturnType<typeof readZiel>>;
const sammlung = new Intl.Collator('de-u-co-phonebk');
const bisZu = (stufe: Stufe) => stufen.slice(0, stufen.indexOf(stufe) + 1);

/** Everybody who may see it, by name; people, and guests of other Mandanten. Few statements, however many people there are. `geprueft`: whoever asks has been checked. */
export async function readZugaenge(tx: ReadTx, typ: string, id: string, { geprueft = false } = {}) {
  const ziel = await readZiel(tx, typ, id, geprueft);
  const { alle, kette } = await readGrundlagen(tx, ziel.schutzId, ziel.ids);
  const treffer = await reachPersonen(tx, alle.filter((g) => g.subjektArt !== 'gast'));
  const leute = await readPersonen(tx, [...treffer.keys()]);
  const frei = [...treffer.keys()].filter((p) => leute.get(p)?.gesperrt === false);
  const stufenVon = await createStufenVon(tx, ziel, frei);
  const zugaenge = frei.flatMap((p): Zugang[] => {
    const person = leute.get(p)!;
    const wirksam = stufenVon(p, treffer.get(p)![0]!.grundlage.stufe);
    return wirksam.length ? [{ art: 'person', id: p, name: person.name, funktion: person.funktion, stufen: wirksam, treffer: treffer.get(p)!, vertritt: null }] : [];
  });
  const gaeste = (await readGesperrte(tx, null)).has(ziel.schutzId) ? [] : readGaeste(alle);
  return { objekt: ziel.objekt, zugaenge: [...zugaenge, ...await readVertreter(tx, ziel, kette.map((k) => k.id), treffer, leute), ...gaeste], beschreibe: await createBeschreibung(tx, alle) };
}

async function createStufenVon(tx: ReadTx, { art, objekt, schutzId }: Ziel, personen: readonly string[]): Promise<(person: string, beste: Stufe) => readonly Stufe[]> {
  const gesperrt = (await readGesperrte(tx, null)).has(schutzId);
  if (!art && !gesperrt) return (_, beste) => bisZu(beste);
  const stand = await readRechtestand(tx, personen);
  if (!art) return (person, beste) => (stand.get(person)!.akteur.rechte.has(SPERREN) ? bisZu(beste) : []);
  const gleiche = [...new Set(stand.values())];
  const erklaerung = (await art.auskunft.erklaere(tx, objekt.id, gleiche.map((g) => g.akteur)))!;
  return (person, beste) => {
    const { akteur } = stand.get(person)!;
    if (gesperrt && !akteur.rechte.has(SPERREN)) return [];
    return wirksameStufen(erklaerung, erklaerung.gehindert[gleiche.indexOf(stand.get(person)!)]!, art.auskunft.recht, akteur.rechte, beste);
  };
}

const rechteText = ({ rechte }: Akteur) => [...rechte].toSorted().join();
/** Who acts today for somebody who gets there: by the grants and Rechte of that person as far as the Vertretung goes, as a request in it is decided. */
async function readVertreter(tx: ReadTx, { art, objekt }: Ziel, kette: readonly string[], treffer: ReadonlyMap<string, Treffer[]>, leute: ReadonlyMap<string, PersonZeile>): Promise<Zugang[]> {
  const vertretungen = await listVertreterVon(tx, [...treffer.keys()]);
  if (!vertretungen.length) return [];
  const darfHinein = await readErlaubtHier(tx, kette);
  const namen = await readPersonen(tx, vertretungen.map((v) => v.vertreterId));
  // Conditions ask for the Rechte of an Akteur: whoever holds the same is asked about once.
  const gleiche = new Map(vertretungen.map(({ akteur }) => [rechteText(akteur), akteur]));
  const erklaerung = art && (await art.auskunft.erklaere(tx, objekt.id, [...gleiche.values()]))!;
  const gehindert = new Map([...gleiche.keys()].map((key, n) => [key, erklaerung?.gehindert[n]]));
  const zugaenge = new Map<string, Zugang>();
  for (const { vertreterId, benutzerId, bis, akteur } of vertretungen) {
    const person = namen.get(vertreterId);
    const eigene = subjekteOf(akteur);
    const hier = treffer.get(benutzerId)!.filter(({ grundlage: g }) => eigene[g.subjektArt].includes(g.subjekt));
    if (!person || !hier.length || !darfHinein(akteur)) continue;
    const beste = hier[0]!.grundlage.stufe;
    const wirksam = erklaerung ? wirksameStufen(erklaerung, gehindert.get(rechteText(akteur))!, art.auskunft.recht, akteur.rechte, beste) : bisZu(beste);
    // Of several Vertretungen between the same two the one that goes farthest.
    const key = `${vertreterId} ${benutzerId}`;
    if (wirksam.length > (zugaenge.get(key)?.stufen.length ?? 0)) zugaenge.set(key, { art: 'vertretung', id: vertreterId, name: person.name, funktion: person.funktion, stufen: wirksam, treffer: hier, vertritt: { id: benutzerId, name: leute.get(benutzerId)!.name, bis } });
  }
  return [...zugaenge.values()];
}

/** Guests by what was given to them; who belongs to an OE of another Mandant, that Mandant knows. */
const readGaeste = (alle: readonly Grundlage[]): Zugang[] => [...Map.groupBy(alle.filter((g) => g.subjektArt === 'gast'), (g) => g.subjekt)].map(([id, list]) => {
  const treffer = list.map((grundlage): Treffer => ({ grundlage, wie: 'gast' })).toSorted((a, b) => stufen.indexOf(b.grundlage.stufe) - stufen.indexOf(a.grundlage.stufe));
  return { art: 'gast', id, name: '', funktion: '', stufen: bisZu(treffer[0]!.grundlage.stufe), treffer, vertritt: null };
});

export async function presentZugaenge({ zugaenge, beschreibe }: Pick<Awaited<ReturnType<typeof readZugaenge>>, 'zugaenge' | 'beschreibe'>) {
  return zugaenge.map((z) => {
    const grund = beschreibe(z.treffer[0]!);
    return { art: z.art, id: z.id, name: z.art === 'gast' ? grund.subjekt.name ?? 'Gast' : z.name, funktion: z.funktion, stufe: z.stufen.at(-1)!, grund, weitere: z.treffer.length - 1, vertritt: z.vertritt };
  }).toSorted((a, b) => sammlung.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

type Filter = { limit: number; cursor?: string | undefined; sort: string; q?: string | undefined; stufe?: readonly Stufe[] | undefined };
export async function listBerechtigte(tx: ReadTx, typ: string, id: string, { limit, cursor, sort, q, stufe }: Filter) {
  const alle = await presentZugaenge(await readZugaenge(tx, typ, id));
  const woerter = (q ?? '').toLocaleLowerCase('de').split(/\s+/).filter(Boolean);
  const passt = alle.filter((z) => (!stufe?.length || stufe.includes(z.stufe)) && woerter.every((w) => `${z.name} ${z.funktion} ${z.grund.subjekt.name ?? ''}`.toLocaleLowerCase('de').includes(w)));
  if (sort.endsWith('stufe')) passt.sort((a, b) => stufen.indexOf(a.stufe) - stufen.indexOf(b.stufe));
  if (sort.startsWith('-')) passt.reverse();
  return pageOf(passt, limit, cursor);
}

/** A page of what is in memory anyway; the cursor is the place. */
export function pageOf<E>(alle: readonly E[], limit: number, cursor: string | undefined) {
  const ab = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString()) || 0;
  return { eintraege: alle.slice(ab, ab + limit), gesamt: alle.length, weiter: ab + limit < alle.length ? Buffer.from(String(ab + limit)).toString('base64url') : null };
}
