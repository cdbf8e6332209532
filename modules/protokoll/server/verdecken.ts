import { getKlassen } from '#modules/zugriff/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { klassen, verdeckt } from '#platform/server/policy.ts';
import { readAs, type ReadTx } from '#platform/server/tx.ts';
import { visibleObjects, type Objekte } from './namen.ts';

const UNSICHTBAR = 'Für die ausgebende Person nicht einsehbar';
/** Whatever can stand in place of content: the head of an export names them, so that no other word does. */
export const verdeckungen: readonly string[] = [UNSICHTBAR, ...klassen.map(verdeckt)];

/** An Akteur as it is kept for a job that works for somebody. */
export const writeAkteur = (akteur: Akteur) => JSON.stringify({ ...akteur, rechte: [...akteur.rechte] });
export const readAkteur = (kept: unknown): Akteur => ({ ...(kept as Akteur), rechte: new Set((kept as { rechte: string[] }).rechte) });

/**
 * What stands in place of the content of each of these Ereignisse; null: nothing, it may be told. A protocol that is written out leaves the house: of a
 * protected class it holds no content for anybody, of everything else what the person may see. Content of a file is that of the objects it lies in.
 */
export async function coverContent(tx: ReadTx, akteur: Akteur, rows: readonly Objekte[]): Promise<(string | null)[]> {
  const als = readAs(tx, akteur);
  const verwendet = await usesOf(als, [...new Set(rows.flatMap((o) => o['inhalt'] ?? []))]);
  const alle = rows.map((o) => joined([o, ...(o['inhalt'] ?? []).map((id) => verwendet.get(id) ?? {})]));
  const typen = new Set(als.extensions('schutzobjekt').map(({ typ }) => typ));
  const visible = await visibleObjects(als, alle);
  const klasseVon = new Map<string, string>();
  for (const { typ, bereich } of als.extensions('schutzobjekt')) {
    const ids = [...new Set(alle.flatMap((o) => o[typ] ?? []))];
    const bereiche = ids.length ? await bereich?.(tx, ids) : undefined;
    const klasse = bereiche && await getKlassen(tx, [...bereiche.values()].map((b) => b.schutzId));
    for (const [id, { schutzId }] of bereiche ?? []) { const k = klasse!.get(schutzId); if (k) klasseVon.set(id, verdeckt(k)); }
  }
  return alle.map((objekte) => {
    const ids = Object.entries(objekte).flatMap(([typ, list]) => (typen.has(typ) ? list : []));
    return ids.map((id) => klasseVon.get(id)).find((text) => text !== undefined) ?? (ids.some((id) => !visible.has(id)) ? UNSICHTBAR : null);
  });
}
/** In which objects each file lies. */
async function usesOf(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, Objekte>> {
  const uses = new Map<string, Record<string, readonly string[]>>();
  if (inhaltIds.length) for (const { typ, find } of tx.extensions('inhaltsverwendung')) for (const [id, ids] of await find(tx, inhaltIds)) uses.set(id, { ...uses.get(id), [typ]: ids });
  return uses;
}
const joined = (all: readonly Objekte[]): Objekte => all.reduce<Record<string, readonly string[]>>((sum, o) => ({ ...sum, ...Object.fromEntries(Object.entries(o).map(([typ, ids]) => [typ, [...(sum[typ] ?? []), ...ids]])) }), {});
