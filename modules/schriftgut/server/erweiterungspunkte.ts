import type { ReadTx } from '#platform/server/tx.ts';
import type { Hindernis } from '../contract.ts';

/** What modules below have against closing: a running Umlauf, an open Frist (ST-06). For many objects at once. */
export type Abschlusshindernisse = {
  akte?(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Hindernis[]>>;
  vorgang?(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Hindernis[]>>;
};
/** Who can show content as PDF (a rendition of an Office file, say) tells where it is; used when an Akte is printed as one PDF. */
export type Druckfassung = {
  /** Content → content that is a PDF; what has none is missing. */
  find(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, string>>;
};
declare module '#platform/server/tx.ts' {
  interface Erweiterungen {
    abschlussHindernisse: Abschlusshindernisse;
    druckfassung: Druckfassung;
  }
}
