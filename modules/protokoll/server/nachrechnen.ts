import type { z } from 'zod';
import type { Siegel } from '#platform/server/siegel.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import type { Befund as BefundSchema } from '../contract.ts';
import { datenHash, ERSTER_VORGAENGER, kopfOf, siegelHash, siegelText, type EreignisZeile } from './format.ts';
import { append, leafHash, readTree, rootOf, writePeaks, type Tree } from './merkle.ts';
import { angabenOf } from './versiegeln.ts';

export type Befund = z.output<typeof BefundSchema>;
/** How far a verification has come; kept as JSON between its steps. */
export type Stand = { folge: number; spitzen: string; siegelNr: number; vorgaenger: string; xid: string; id: number; ohneInhalt: number };
export const anfang: Stand = { folge: 0, spitzen: '', siegelNr: 0, vorgaenger: ERSTER_VORGAENGER, xid: '0', id: 0, ohneInhalt: 0 };

export type Blattzeile = { folge: number; blatt: Buffer; ereignis: EreignisZeile | null; salz: Buffer | null; daten: string | null };
export type Siegelzeile = { nr: number; groesse: number; wurzel: Buffer; vorgaenger: Buffer; zeit: string; schluessel_id: string; unterschrift: Buffer };
/** A stretch of the protocol as it stands in the database. */
export type Abschnitt = { mandantId: string; bis: number; zeilen: Blattzeile[]; siegel: Siegelzeile[]; anzahl: number; verknuepft: ReadonlySet<string> };

const zeit = (iso: string) => formatZeit(new Date(iso), { dateStyle: 'medium', timeStyle: 'medium' });
const nameOf = (nr: number, e: EreignisZeile) => `Der Eintrag ${nr} (${e.art} vom ${zeit(e.zeit)})`;
const finding = (art: Befund['art'], text: string, { eintrag = null, ereignisId = null, siegel = null }: { eintrag?: number | null; ereignisId?: number | null; siegel?: number | null }): Befund =>
  ({ art, text, eintrag, ereignisId, siegel });

/** Recomputes a stretch; stops at the first thing that is not as it was sealed. */
export function recompute(stand: Stand, abschnitt: Abschnitt, siegel: Siegel): { stand: Stand; befund: Befund | undefined } {
  const now = { ...stand };
  let tree = readTree(stand.folge, stand.spitzen);
  const pending = [...abschnitt.siegel];
  const done = (befund?: Befund) => ({ stand: { ...now, folge: tree.size, spitzen: writePeaks(tree) }, befund });
  for (let nr = stand.folge + 1; nr <= abschnitt.bis; nr++) {
    const row = abschnitt.zeilen[nr - 1 - stand.folge];
    const befund = checkEntry(now, nr, row, abschnitt);
    if (befund) return done(befund);
    tree = append(tree, row!.blatt);
    for (let next = pending[0]; next && next.groesse <= tree.size; next = pending[0]) {
      const wrong = checkSiegel(now, next, tree, abschnitt.mandantId, siegel);
      if (wrong) return done(wrong);
      pending.shift();
    }
  }
  // Ereignisse that claim a transaction from within this stretch, but have no place in it, were put there afterwards.
  if (abschnitt.anzahl !== abschnitt.zeilen.length) {
    return done(finding('eintrag_eingefuegt', `Zwischen den Einträgen ${stand.folge + 1} und ${tree.size} wurde nachträglich ein Eintrag eingefügt`, { eintrag: stand.folge + 1 }));
  }
  return done();
}

function checkEntry(now: Stand, nr: number, row: Blattzeile | undefined, { mandantId, verknuepft }: Abschnitt): Befund | undefined {
  const e = row?.ereignis;
  if (row?.folge !== nr - 1 || !e) return finding('eintrag_fehlt', `Der Eintrag ${nr} fehlt`, { eintrag: nr });
  const at = { eintrag: nr, ereignisId: e.id };
  if (!leafHash(JSON.stringify(kopfOf(mandantId, e))).equals(row.blatt)) return finding('eintrag_veraendert', `${nameOf(nr, e)} wurde verändert`, at);
  const [xid, before] = [BigInt(e.xid), BigInt(now.xid)];
  if (xid < before || (xid === before && e.id <= now.id)) return finding('reihenfolge', `${nameOf(nr, e)} steht nicht an seiner Stelle`, at);
  if (row.daten === null) { if (e.daten_hash !== null) now.ohneInhalt++; }
  else if (!row.salz || datenHash(row.salz, row.daten) !== e.daten_hash) return finding('inhalt_veraendert', `${nameOf(nr, e)} wurde in seinem Inhalt verändert`, at);
  const objekte = Object.values(JSON.parse(e.objekte) as Record<string, string[]>).flat();
  if (objekte.some((id) => !verknuepft.has(`${e.id} ${id}`))) return finding('verknuepfung_veraendert', `${nameOf(nr, e)} steht nicht mehr im Verlauf jedes Objekts, das er betrifft`, at);
  Object.assign(now, { xid: e.xid, id: e.id });
  return undefined;
}

function checkSiegel(now: Stand, s: Siegelzeile, tree: Tree, mandantId: string, siegel: Siegel): Befund | undefined {
  const text = siegelText(angabenOf(mandantId, s));
  const name = `Das Siegel ${s.nr} vom ${zeit(s.zeit)}`;
  const at = { siegel: s.nr, eintrag: tree.size };
  if (s.nr !== now.siegelNr + 1) return finding('siegel_fehlt', `Das Siegel ${now.siegelNr + 1} fehlt`, { ...at, siegel: now.siegelNr + 1 });
  if (!siegel.oeffentlich.some(({ id }) => id === s.schluessel_id)) return finding('unterschrift_ungueltig', `${name} trägt die Unterschrift eines unbekannten Schlüssels`, at);
  if (!siegel.verify(s.schluessel_id, text, s.unterschrift) || s.groesse !== tree.size) return finding('siegel_veraendert', `${name} wurde verändert: Seine Unterschrift passt nicht`, at);
  if (s.vorgaenger.toString('hex') !== now.vorgaenger) return finding('siegel_veraendert', `${name} schließt nicht an das Siegel davor an`, at);
  if (!rootOf(tree).equals(s.wurzel)) return finding('eintrag_veraendert', `${name} passt nicht zu den Einträgen bis ${tree.size}: Seit dem Siegel davor wurde einer samt seiner Prüfsumme verändert`, at);
  Object.assign(now, { siegelNr: s.nr, vorgaenger: siegelHash(text) });
  return undefined;
}
