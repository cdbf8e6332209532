import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import type { Suchobjektart } from '#platform/server/extension.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { bitsVon } from './schutz.ts';

/** What the Akteur may find: kinds and Schutzbereiche (as bits) to read, and to see. */
export type Sicht = {
  readonly typenLesen: readonly string[];
  /** Null: all of them (the system). */
  readonly lesen: Buffer | null;
  /** Null: nothing that may be seen and not read. */
  readonly typenSehen: readonly string[] | null;
  readonly sehen: Buffer | null;
  darfLesen(typ: string, schutzId: string): boolean;
  darfSehen(typ: string, schutzId: string): boolean;
};

const einmal = <T>(mache: () => T) => { let wert: T | undefined; return () => (wert ??= mache()); };
export const rechteVon = (art: Suchobjektart) => art.rechte ?? { sehen: `${art.typ}.sehen`, lesen: `${art.typ}.lesen` };

/**
 * The Rolle must hold the Recht of the kind, and the Schutzbereich must be reached at its Stufe. Content is searched where both suffice to read;
 * elsewhere metadata alone, so that no hit betrays what stands in a text that may not be read.
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
    return { typenLesen: typenSehen, lesen: null, typenSehen: null, sehen: null, darfLesen: (typ) => typenSehen.includes(typ), darfSehen: (typ) => typenSehen.includes(typ) };
  }
  const [lesen, sehen] = [einmal(() => new Set(reichweite.lesen)), einmal(() => new Set(reichweite.sehen))];
  const gleich = typenLesen.length === typenSehen.length && reichweite.sehen.length === reichweite.lesen.length;
  return {
    typenLesen, lesen: await bitsVon(tx, reichweite.lesen), typenSehen: gleich ? null : typenSehen, sehen: gleich ? null : await bitsVon(tx, reichweite.sehen),
    darfLesen: (typ, schutzId) => typenLesen.includes(typ) && lesen().has(schutzId),
    darfSehen: (typ, schutzId) => typenSehen.includes(typ) && sehen().has(schutzId),
  };
}
