import writeXlsx from 'write-excel-file/node';
import type { Bericht, Zelle } from './bericht.ts';

const cell = (wert: Zelle) => (wert === null || wert === '' ? null : typeof wert === 'number' ? { type: Number, value: wert } : { type: String, value: wert });
/** What Excel allows as the name of a sheet, each once. */
function sheetNames(titel: readonly string[]): string[] {
  const taken = new Set<string>();
  return titel.map((t) => {
    const clean = t.replace(/[[\]:*?/\\]/g, ' ').slice(0, 28).trim() || 'Blatt';
    let name = clean;
    for (let n = 2; taken.has(name); n++) name = `${clean} ${n}`;
    taken.add(name);
    return name;
  });
}

/** The first sheet says what it is; each table has a sheet of its own that can be filtered and sorted. */
export async function renderXlsx({ behoerde, titel, untertitel, erstellt, abschnitte }: Bericht): Promise<Uint8Array> {
  const zeilen = [[{ type: String, value: titel, fontWeight: 'bold' as const }], [cell(untertitel)], [cell(behoerde)], [cell(erstellt)], ...abschnitte.filter((a) => a.text?.length).flatMap((a) => [[null], [{ type: String, value: a.titel, fontWeight: 'bold' as const }], ...a.text!.map((t) => [cell(t)])])];
  const tabellen = abschnitte.flatMap((a) => (a.tabelle ? [{ titel: a.titel, ...a.tabelle }] : []));
  const namen = sheetNames(['Bericht', ...tabellen.map((t) => t.titel)]);
  const blaetter = [
    { data: zeilen, sheet: namen[0]!, columns: [{ width: 90 }] },
    ...tabellen.map((t, i) => ({
      data: [t.spalten.map((s) => ({ type: String, value: s.titel, fontWeight: 'bold' as const })), ...t.zeilen.map((z) => z.map(cell))], sheet: namen[i + 1]!, stickyRowsCount: 1,
      columns: t.spalten.map((s, n) => ({ width: Math.min(60, Math.max(s.titel.length, ...t.zeilen.slice(0, 200).map((z) => String(z[n] ?? '').length)) + 2) })),
    })),
  ];
  return Uint8Array.from(await writeXlsx(blaetter as never).toBuffer());
}
