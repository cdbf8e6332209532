import { getInhalte, saveInhalt } from '#modules/ablage/server/index.ts';
import { findOrganisationseinheit, readMandanten } from '#modules/organisation/server/index.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { insertEingang, requireOe } from '../commands.ts';
import type { PosteingangTables } from '../tables.gen.ts';

declare module '#platform/server/tx.ts' {
  interface Erweiterungen {
    /** Modules that make of files of the watched folder something else than an Eingang each: scans of a batch. */
    ordnerziel: Ordnerziel;
  }
}
/**
 * `nimmt`: whether files of this subfolder are theirs. `store`: takes the content over, in the transaction that marks the file as known; it is called once
 * for each file, whatever fails.
 */
export type Ordnerziel = { nimmt(tx: ReadTx, unterordner: string): Promise<boolean>; store(tx: WriteTx, unterordner: string, stored: Stored & { dateiname: string; mime: string }): Promise<void> };

const db = tables<PosteingangTables>();
/** A file of the watched folder; `pfad` below the Mandant's folder, e.g. `63.1/brief.pdf`. */
export type Ordnerdatei = { pfad: string; sha256: string; geaendert: string };

/** The Mandant's subfolder is called by its Kürzel; where two share one, nobody's post must land with the other: then it is Kürzel and id. */
export async function readOrdnername(tx: ReadTx): Promise<string | undefined> {
  const alle = await readMandanten(tx);
  const eigen = alle.find((m) => m.id === tx.ctx.mandantId);
  if (!eigen || eigen.art === 'verbund') return undefined;
  return alle.some((m) => m.id !== eigen.id && m.kuerzel === eigen.kuerzel) ? `${eigen.kuerzel}-${eigen.id}` : eigen.kuerzel;
}

/** Versions of a file of that name that have become an Eingang. */
export const listBekannte = (tx: ReadTx, pfad: string) => db.read(tx).selectFrom('posteingang.ordnerdatei').select(['sha256', 'geaendert']).where('pfad', '=', pfad).execute();

/** One file, one Eingang, whatever happens between commit and the move of the file (PE-03). */
export async function storeOrdnerdatei(tx: WriteTx, datei: Ordnerdatei, stored: Stored & { dateiname: string; mime: string }) {
  const known = (await listBekannte(tx, datei.pfad)).some((b) => b.sha256 === datei.sha256 && Date.parse(b.geaendert) === Date.parse(datei.geaendert));
  if (known) return;
  const vermerken = (eingang_id: string | null) => db.write(tx).insertInto('posteingang.ordnerdatei').values({ pfad: datei.pfad, sha256: datei.sha256, geaendert: new Date(datei.geaendert), eingang_id }).execute();
  const [unterordner, rest] = datei.pfad.split('/', 2);
  for (const ziel of rest === undefined ? [] : tx.extensions('ordnerziel')) {
    if (!(await ziel.nimmt(tx, unterordner!))) continue;
    await ziel.store(tx, unterordner!, stored);
    await vermerken(null);
    return;
  }
  const oe = await oeVon(tx, datei.pfad);
  const inhaltId = await saveInhalt(tx, stored, stored);
  const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId)!;
  const eingangId = await insertEingang(tx, { inhalt, kanal: 'ordner', organisationseinheitId: oe });
  await vermerken(eingangId);
}

/** A subfolder named by the Kennzeichen of an OE is its basket; everything else goes to the Mandant's basket for post without address. */
async function oeVon(tx: WriteTx, pfad: string): Promise<string> {
  const [ordner, rest] = pfad.split('/', 2);
  return (rest === undefined || ordner === undefined ? undefined : await findOrganisationseinheit(tx, ordner)) ?? requireOe(tx, undefined);
}
