import type { ReadTx } from '#platform/server/tx.ts';

/** What a Vertretung can be limited to besides Rollen and OEs; opened here, filled by the module that knows the subjects of the authority. */
export type Sachgebiete = {
  /** Those of these ids that exist, with the Schutzbereich below which all of it stands. */
  find(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { bezeichnung: string; schutzId: string }>>;
};
declare module '#platform/server/tx.ts' {
  interface Erweiterungen {
    sachgebiete: Sachgebiete;
    /** Rechte that nobody uses for somebody else: to give rights, to decide where two persons are needed, to act in emergencies. */
    eigenhaendig: readonly string[];
  }
}
