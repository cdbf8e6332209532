import type { Codefehler, Guetehinweis, Leerprobe } from './typen.ts';

type Daten = Readonly<Record<string, string | number>>;
const zahl = (wert: unknown) => Number(wert).toLocaleString('de-DE');
const mb = (bytes: unknown) => `${zahl(Math.round(Number(bytes) / 1e6))} MB`;

const gruende: Record<string, (d: Daten) => string> = {
  leer: () => 'Die Datei ist leer (0 Byte).',
  zu_gross: (d) => `Die Datei ist mit ${mb(d.groesse)} zu groß (Grenze ${mb(d.grenze)}).`,
  verschluesselt: () => 'Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort einlesen.',
  beschaedigt: (d) => d.format === 'portfolio' ? 'Das PDF ist ein Portfolio: Es enthält andere Dateien und keine gescannten Seiten. Bitte die enthaltenen Dateien einzeln einlesen.' : d.seite ? `Seite ${d.seite} ist beschädigt oder unvollständig übertragen.` : 'Die Datei ist beschädigt oder unvollständig übertragen.',
  keine_seiten: () => 'Die Datei hat keine Seiten.',
  format_unbekannt: (d) => d.format ? `Der Stapel enthält eine Datei, die kein PDF, TIFF, JPEG oder PNG ist (${d.format}).` : 'Die Datei ist kein PDF, TIFF, JPEG oder PNG.',
  bild_zu_gross: (d) => `Die Seite ist mit ${zahl(d.breite)} × ${zahl(d.hoehe)} Pixeln zu groß (Grenze ${zahl(d.grenze)} Millionen Pixel).`,
  bild_nicht_lesbar: (d) => `Die Seite ist nicht lesbar${d.format ? ` (${d.format})` : ''}: Das Bild ist beschädigt oder auf eine Art gespeichert, die nicht unterstützt wird.`,
  zeit: () => 'Das Lesen hat zu lange gedauert und wurde abgebrochen.',
  speicher: () => 'Das Lesen hat zu viel Speicher gebraucht und wurde abgebrochen.',
  ausgabe: () => 'Beim Lesen entstanden zu viele Daten; es wurde abgebrochen.',
  absturz: () => 'Das Leseprogramm ist an dieser Datei abgestürzt.',
};
export const presentScanfehler = (code: string, daten: Daten): string => (gruende[code] ?? (() => 'Beim Lesen ist ein unerwarteter Fehler aufgetreten.'))(daten);

const guete: Record<Guetehinweis, string> = {
  zu_dunkel: 'zu dunkel', zu_hell: 'zu hell', abgeschnitten: 'Inhalt reicht bis an den Rand', geringe_aufloesung: 'Auflösung unter 200 dpi', unscharf: 'unscharf', kontrastarm: 'wenig Kontrast', aufloesung_unbekannt: 'Auflösung unbekannt',
};
export const describeGuete = (hinweis: Guetehinweis) => guete[hinweis];

const leer: Record<Leerprobe['grund'], string> = {
  inhalt: 'Die Seite trägt Inhalt.', nichts: 'Die Seite ist leer.', nur_raender: 'Nur dunkle Scanränder.', nur_lochung: 'Nur Löcher vom Lochen oder Heften.', nur_staub: 'Nur Staub und einzelne Punkte.',
  nur_durchscheinend: 'Nur durchscheinende Rückseite.', schwache_spur: 'Schwache Spur, vielleicht Stempel oder Bleistift.', code: 'Die Seite trägt einen Trenncode.',
};
export const describeLeer = ({ grund }: Leerprobe) => leer[grund];

const codename = { qr: 'QR-Code', code128: 'Code 128', datamatrix: 'DataMatrix', patch: 'Patchcode' } as const;
export const describeCodefehler = ({ grund, art, kandidaten = [] }: Codefehler) => grund === 'unlesbar' ? `Ein ${codename[art]} ist nicht lesbar.`
  : `Ein ${codename[art]} ist da, aber seine Leserichtung ist unklar (${kandidaten.join(' oder ')}).`;
