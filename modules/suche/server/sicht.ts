import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import type { Suchobjektart } from '#platform/server/extension.ts';
import type { Klasse, Objektgruppe, Reichweite } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { bitsVon } from './schutz.ts';

/** What rights are told by: where it stands, and what it lies in. */
export type Ort = { typ: string; schutz_id: string; id: string; akte_id: string | null; vorgang_id: string | null };
/** Granted objects, and beside each a Schutzbereich in which the grant reaches. */
export type Paare = { readonly objekte: readonly string[]; readonly schutz: readonly string[] };

/** What the Akteur may find: kinds, Schutzbereiche (as bits) and single objects to read, and to see. */
export type Sicht = {
  readonly typenLesen: readonly string[];
  /** Null: all of them (the system). */
  readonly lesen: Buffer | null;
  /** Null: nothing that may be seen and not read. */
  readonly typenSehen: readonly string[] | null;
  readonly sehen: Buffer | null;
  /** Schutzbereiche of protected classes, where something in them may be seen and not read. */
  readonly geschuetzt: Buffer | null;
  readonly objekteLesen: Paare | null;
  readonly objekteSehen: Paare | null;
  darfLesen(ort: Ort): boolean;
  darfSehen(ort: Ort): boolean;
  /** The class for whose sake the Akteur does not learn what it is about. */
  verdecktDurch(ort: Ort): Klasse | null;
};

const einmal = <T>(mache: () => T) => { let wert: T | undefined; return () => (wert ??= mache()); };
export const rechteVon = (art: Suchobjektart) => art.rechte ?? { sehen: `${art.typ}.sehen`, lesen: `${art.typ}.lesen` };

/**
 * The Rolle must hold the Recht of the kind, and the Schutzbereich must be reached at its Stufe. Content is searched where both suffice to read;
 * elsewhere metadata alone, so that no hit betrays what stands in a text that may not be read; and in protected classes not even these.
 */
export function resolveSicht(tx: ReadTx): Promise<Sicht> {
  const sicht = bekannt.get(tx) ?? liesSicht(tx);
  bekannt.set(tx, sicht);
  return sicht;
}
const bekannt = new WeakMap<ReadTx, Promise<Sicht>>();

async function liesSicht(tx: ReadTx): Promise<Sicht> {
  const reichweite = await resolveReichweite(tx);
  const { rechte } = tx.ctx.akteur;
  const arten = tx.extensions('suchobjekt');
  const typenLesen = arten.filter((a) => rechte.has(rechteVon(a).lesen) && rechte.has(rechteVon(a).sehen)).map((a) => a.typ);
  const typenSehen = arten.filter((a) => rechte.has(rechteVon(a).sehen)).map((a) => a.typ);
  if (reichweite === 'alle') {
    const darf = ({ typ }: Ort) => typenSehen.includes(typ);
    return { typenLesen: typenSehen, lesen: null, typenSehen: null, sehen: null, geschuetzt: null, objekteLesen: null, objekteSehen: null, darfLesen: darf, darfSehen: darf, verdecktDurch: () => null };
  }
  const [lesen, sehen] = [einmal(() => new Set(reichweite.lesen)), einmal(() => new Set(reichweite.sehen))];
  const gruppen = { lesen: reichweite.objekte?.lesen ?? [], sehen: reichweite.objekte?.sehen ?? [] };
  const gleich = typenLesen.length === typenSehen.length && reichweite.sehen.length === reichweite.lesen.length && gruppen.sehen.length === gruppen.lesen.length && gruppen.sehen.every((g, i) => gruppen.lesen[i]!.ids.length === g.ids.length);
  const darfLesen = (o: Ort) => typenLesen.includes(o.typ) && (lesen().has(o.schutz_id) || gruppen.lesen.some((g) => enthaelt(g, o)));
  const geschuetzte = gleich ? [] : geschuetzteVon(reichweite, gruppen.sehen);
  return {
    typenLesen, lesen: await bitsVon(tx, reichweite.lesen), typenSehen: gleich ? null : typenSehen, sehen: gleich ? null : await bitsVon(tx, reichweite.sehen),
    geschuetzt: geschuetzte.length ? await bitsVon(tx, geschuetzte) : null, objekteLesen: paareVon(gruppen.lesen), objekteSehen: paareVon(gruppen.sehen),
    darfLesen,
    darfSehen: (o) => typenSehen.includes(o.typ) && (sehen().has(o.schutz_id) || gruppen.sehen.some((g) => enthaelt(g, o))),
    verdecktDurch: (o) => (darfLesen(o) ? null : reichweite.klassen.get(o.schutz_id) ?? null),
  };
}

const enthaelt = (g: Objektgruppe, o: Ort) => g.schutz.includes(o.schutz_id) && [o.id, o.vorgang_id, o.akte_id].some((id) => id !== null && g.ids.includes(id));
const geschuetzteVon = ({ klassen, sehen }: Exclude<Reichweite, 'alle'>, gruppen: readonly Objektgruppe[]) => (klassen.size ? [...sehen, ...gruppen.flatMap((g) => g.schutz)].filter((id) => klassen.has(id)) : []);
function paareVon(gruppen: readonly Objektgruppe[]): Paare | null {
  const paare = gruppen.flatMap(({ ids, schutz }) => ids.flatMap((id) => schutz.map((s) => [id, s] as const)));
  return paare.length ? { objekte: paare.map(([id]) => id), schutz: paare.map(([, s]) => s) } : null;
}
