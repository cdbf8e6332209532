import type { Download } from '#platform/server/module.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { UEBERSCHRIFTEN, type Spalte } from './import-lesen.ts';
import { getAktenplan, werteVon, type Einheit } from './queries.ts';
import type { AktenplanTables } from './tables.gen.ts';
import { Readable } from 'node:stream';

const db = tables<AktenplanTables>();
const GRAD = { offen: 'offen', vs_nfd: 'VS-NfD' } as const;

/** The plan as the import reads it back: importing it changes nothing. */
export async function exportAktenplan(tx: ReadTx, aktenplanId: string) {
  const plan = await getAktenplan(tx, aktenplanId);
  const units = await db.read(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('aktenplan_id', '=', aktenplanId).where('aufgegangen_in', 'is', null).orderBy('sortierung').execute();
  const kennzeichen = new Map(units.map((u) => [u.id, u.kennzeichen]));
  const columns = (Object.keys(UEBERSCHRIFTEN) as Spalte[]).filter((s) => s !== 'grund');
  const rows = units.map((u) => columns.map((s) => valueOf(u, s, kennzeichen)));
  return { text: [columns.map((s) => UEBERSCHRIFTEN[s]), ...rows].map((row) => row.map(quote).join(';')).join('\r\n'), dateiname: `Aktenplan ${plan.bezeichnung} ${plan.versionsbezeichnung}.csv` };
}

function valueOf(u: Einheit, spalte: Spalte, kennzeichen: Map<string, string>): string {
  const werte = werteVon(u);
  switch (spalte) {
    case 'kennzeichen': return u.kennzeichen;
    case 'betreffKurz': return u.betreff_kurz;
    case 'oberes': return u.parent_id === null ? '' : kennzeichen.get(u.parent_id) ?? '';
    case 'inhaltsangabe': return u.inhaltsangabe ?? '';
    case 'aussonderungsart': return werte.aussonderungsart ?? '';
    case 'aufbewahrungsdauer': return werte.aufbewahrungsdauer === null ? '' : String(werte.aufbewahrungsdauer);
    case 'vertraulichkeit': return u.vertraulichkeit === null ? '' : GRAD[u.vertraulichkeit];
    case 'schutzklasse': return u.schutzklasse ?? '';
    case 'gueltigVon': return u.gueltig_von ?? '';
    case 'gueltigBis': return u.gueltig_bis ?? '';
    case 'stillgelegt': return u.stillgelegt_am ? 'ja' : 'nein';
    case 'querverweise': return u.querverweise.join('; ');
    case 'uuid': return u.id;
    case 'grund': return '';
  }
}
/** A cell that a spreadsheet would take for a formula gets an apostrophe, which the import takes away again. */
const quote = (text: string) => `"${(/^[=+@\-\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export function sendCsv({ text, dateiname }: { text: string; dateiname: string }): Download {
  const bytes = Buffer.from(`\ufeff${text}\r\n`);
  return { stream: () => Readable.from([bytes]), mime: 'text/csv; charset=utf-8', dateiname, disposition: 'attachment' };
}
