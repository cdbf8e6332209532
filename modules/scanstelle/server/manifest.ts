import { z } from 'zod';

/** What a scanner, or the script behind it, says of a batch: `<name>.stapel.json`, described in docs/betrieb/scanner.md. */
export const Manifest = z.object({
  fassung: z.literal(1),
  stapel: z.string().trim().min(1).max(200).optional(),
  station: z.string().trim().max(100).optional(), bediener: z.string().trim().max(200).optional(),
  gescannt: z.iso.datetime({ offset: true }).optional(), posteingangsdatum: z.iso.date().optional(),
  /** Of all files together. */
  seiten: z.int().min(1).max(100_000).optional(),
  dateien: z.array(z.object({ name: z.string().min(1).max(255).regex(/^[^/\\]+$/), seiten: z.int().min(1).optional(), sha256: z.string().regex(/^[0-9a-f]{64}$/i).optional() })).min(1).max(500),
}).refine((m) => new Set(m.dateien.map((d) => d.name)).size === m.dateien.length, 'eine Datei ist zweimal genannt');
export type Manifest = z.output<typeof Manifest>;

export type GelesenesManifest = { ok: Manifest } | { fehler: string };
export function readManifest(text: string): GelesenesManifest {
  let json: unknown;
  try { json = JSON.parse(text.replace(/^\uFEFF/, '')); } catch { return { fehler: 'Das Manifest ist kein gültiges JSON.' }; }
  const gelesen = Manifest.safeParse(json);
  if (gelesen.success) return { ok: gelesen.data };
  const { path, message } = gelesen.error.issues[0]!;
  return { fehler: `Das Manifest ist nicht zu verstehen${path.length ? ` (${path.join('.')})` : ''}: ${message}` };
}

type Datei = { dateiname: string; sha256: string; seiten: number | null; fehler: string | null };
export type Hindernis = { art: 'wartet' | 'ohne_manifest' | 'manifest' | 'unlesbar' | 'seitenzahl'; text: string };
const liste = (namen: readonly string[]) => `${namen.slice(0, 5).map((n) => `„${n}“`).join(', ')}${namen.length > 5 ? ` und ${namen.length - 5} weitere` : ''}`;
const seitenwort = (n: number) => `${n} ${n === 1 ? 'Seite' : 'Seiten'}`;

/** Before anything is opened: are the files of the manifest there, these and no others? */
export function checkDateien(manifest: Manifest | null, dateien: readonly Datei[]): Hindernis | null {
  if (!manifest) return null;
  const da = new Map(dateien.map((d) => [d.dateiname, d]));
  const fehlen = manifest.dateien.filter((d) => !da.has(d.name)).map((d) => d.name);
  if (fehlen.length) return { art: 'wartet', text: `wartet auf ${fehlen.length === 1 ? 'die Datei' : `${fehlen.length} Dateien`} ${liste(fehlen)}` };
  const anders = manifest.dateien.filter((d) => d.sha256 && d.sha256.toLowerCase() !== da.get(d.name)!.sha256).map((d) => d.name);
  if (anders.length) return { art: 'manifest', text: `passt nicht zum Manifest: andere Prüfsumme bei ${liste(anders)}` };
  const genannt = new Set(manifest.dateien.map((d) => d.name));
  const mehr = dateien.filter((d) => !genannt.has(d.dateiname)).map((d) => d.dateiname);
  return mehr.length ? { art: 'manifest', text: `passt nicht zum Manifest: ${liste(mehr)} ${mehr.length === 1 ? 'ist' : 'sind'} nicht genannt` } : null;
}

/** Once every file has been read to its end: are these all pages? */
export function checkSeiten(manifest: Manifest | null, erwartet: number | null, dateien: readonly Datei[]): Hindernis | null {
  const kaputt = dateien.filter((d) => d.fehler !== null);
  if (kaputt.length) return { art: 'unlesbar', text: `nicht lesbar: ${kaputt.map((d) => `„${d.dateiname}“. ${d.fehler}`).slice(0, 3).join(' ')}` };
  const da = new Map(dateien.map((d) => [d.dateiname, d.seiten ?? 0]));
  for (const { name, seiten } of manifest?.dateien ?? []) {
    const ist = da.get(name);
    if (seiten !== undefined && ist !== undefined && ist !== seiten) return { art: 'seitenzahl', text: `passt nicht zum Manifest: „${name}“ soll ${seitenwort(seiten)} haben, da sind ${ist}` };
  }
  const summe = dateien.reduce((n, d) => n + (d.seiten ?? 0), 0);
  return erwartet !== null && summe !== erwartet ? { art: 'seitenzahl', text: `passt nicht zum Manifest: erwartet ${seitenwort(erwartet)}, da sind ${summe}` } : null;
}
