import type { Siegel } from '#platform/server/siegel.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { readAbschnitt } from './abschnitt.ts';
import { verifyKette, verifyLesezugriffe } from './lesen/pruefung.ts';
import { anfang } from './nachrechnen.ts';
import { getStand, recomputeStep } from './pruefung.ts';

const STEP = 1000;
/** Runs work in a transaction of its own, each in the same Mandant. */
type Lesen = <R>(work: (tx: ReadTx) => Promise<R>) => Promise<R>;

/**
 * The whole protocol of a Mandant recomputed, without leaving a trace of it: for a database that has just been restored. `unversiegelt`: entries after the last
 * seal, which the worker seals once it runs.
 */
export async function verifyBestand(lies: Lesen, siegel: Siegel) {
  const { eintraege, versiegelt, siegel: letztes } = await lies(getStand);
  let stand = anfang;
  let befund: string | undefined;
  while (befund === undefined && stand.folge < versiegelt) {
    const bis = Math.min(versiegelt, stand.folge + STEP);
    const result = recomputeStep({ id: '', stand, gesamt: versiegelt, siegel: letztes!.nr, abschnitt: await lies((tx) => readAbschnitt(tx, stand, bis, letztes!.nr)) }, siegel);
    stand = result.stand;
    befund = result.befund?.text;
  }
  befund ??= (await lies((tx) => verifyKette(tx, siegel))) ?? undefined;
  if (befund === undefined) { const monat = (await lies((tx) => verifyLesezugriffe(tx, siegel))).monate.find((m) => m.befund); befund = monat && `Lesezugriffe ${monat.monat.slice(0, 7)}: ${monat.befund}`; }
  return { eintraege, unversiegelt: eintraege - versiegelt, siegel: letztes?.nr ?? 0, befund };
}
