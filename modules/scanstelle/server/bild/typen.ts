/** What the server and the scan converter say to each other. Both sides import this file, and it imports nothing. */

export type Winkel = 0 | 90 | 180 | 270;
export const bildmimes = ['image/jpeg', 'image/tiff', 'image/png'] as const;
export type Bildmime = (typeof bildmimes)[number];
/** What a batch may consist of. */
export const scanmimes = [...bildmimes, 'application/pdf'] as const;
export type Scanmime = (typeof scanmimes)[number];

/** Parts of the page, 0 to 1, from the upper left corner as the picture lies. */
export type Lage = { x: number; y: number; breite: number; hoehe: number };
export const codearten = ['qr', 'code128', 'datamatrix', 'patch'] as const;
export type Codeart = (typeof codearten)[number];
export const patchwerte = ['1', '2', '3', '4', '6', 'T'] as const;
export type Patchwert = (typeof patchwerte)[number];
/** `winkel`: by how much the code lies turned clockwise, in degrees, 0 to 359. */
export type Scancode = { art: Codeart; wert: string; lage: Lage; winkel: number };
/** A code that is there, but cannot be told: it is said, never guessed. `kandidaten`: what it may be, where that much is known. */
export type Codefehler = { grund: 'unlesbar' | 'richtung_unklar'; art: Codeart; lage: Lage; kandidaten?: string[] };

export const leergruende = ['inhalt', 'nichts', 'nur_raender', 'nur_lochung', 'nur_staub', 'nur_durchscheinend', 'schwache_spur', 'code'] as const;
/** Why a page counts as blank or not. `schwache_spur`: faint, yet sharp enough to be pencil or a stamp; the page is kept. */
export type Leergrund = (typeof leergruende)[number];
/** `anteil`: ink on the page (0 to 1) without what was not counted; `entfernt`: what was seen and not counted. */
export type Leerprobe = { ist: boolean; anteil: number; grund: Leergrund; entfernt: { raender: number; lochung: number; staub: number; durchscheinend: number } };

export const guetehinweise = ['zu_dunkel', 'zu_hell', 'abgeschnitten', 'geringe_aufloesung', 'unscharf', 'kontrastarm', 'aufloesung_unbekannt'] as const;
export type Guetehinweis = (typeof guetehinweise)[number];
/** `schaerfe` and `kontrast` from 0 to 1; null where the page has nothing to measure them by. */
export type Guete = { schaerfe: number | null; kontrast: number | null; hinweise: Guetehinweis[] };

export type Seitenanalyse = {
  /** Pixels and resolution of the picture as it lies; `dpi` null where it says nothing and its size fits no sheet. */
  breite: number; hoehe: number; dpi: number | null; dpiQuer: number | null;
  leer: Leerprobe;
  /** What to turn the picture by, clockwise, to stand upright; null: not known, then nothing is turned. `sicher` from 0 to 1. */
  drehung: { grad: Winkel | null; sicher: number; weg: 'schrift' | 'code' | 'osd' | 'keiner' };
  /** By how many degrees it leans clockwise (after turning); null where nothing tells. */
  schraege: number | null;
  codes: Scancode[];
  codefehler: Codefehler[];
  /** Two codes of one kind with different values on the page, or several of ours: nobody may choose between them but a person. */
  widerspruch: boolean;
  guete: Guete;
};
export type Analyseoptionen = {
  /** Which codes are looked for; without it all of them. */
  codes?: readonly Codeart[];
  /** Page faces that leave the scanner (fax) with no or a wrong resolution. */
  dpi?: number;
};

/** A page of a batch. `bild` is its bytes as they stand in the file where `unveraendert`, else a lossless picture of it. */
export type Scanseite = {
  nummer: number; anzahl: number; mime: Bildmime; bild: Buffer; unveraendert: boolean;
  breite: number; hoehe: number; dpi: number | null;
  analyse?: Seitenanalyse;
} | { nummer: number; anzahl: number; fehler: { code: string; text: string } };

export type Bearbeitung = {
  /** Clockwise. */
  drehung?: Winkel;
  /** Degrees the page leans clockwise (`schraege` of its analysis): it is turned back by them. */
  gerade?: number;
  /** What stays, in parts of the turned and straightened page; 'raender': dark scan borders go. */
  zuschneiden?: Lage | 'raender';
};
/** Page `seite` (from 1) of a file; without `bearbeitung` its bytes are taken over as they are. */
export type PdfSeite = { datei: string; mime: Scanmime; seite: number; bearbeitung?: Bearbeitung; dpi?: number };
export type PdfAngaben = { titel: string; erstellt: Date; beschreibung?: string };
/** `verlustfrei`: pages whose pixels are those of the source; `originalbytes`: of these, the ones whose bytes are, too. */
export type PdfErgebnis = { seiten: number; verlustfrei: number; originalbytes: number; sha256: string; groesse: number };

export const deckblattarten = ['oe', 'akte', 'vorgang'] as const;
export type Deckblattart = (typeof deckblattarten)[number];
export type Deckblatt = { titel: string; zeilen: readonly string[]; code: string };

/** Orders. All paths are absolute; `ordner` is the order's own folder, and the only place a converter may write to. */
export type Scanauftrag =
  | { art: 'analyse'; datei: string; ordner: string; optionen: Analyseoptionen }
  | { art: 'seiten'; datei: string; mime: Scanmime; ordner: string; von: number; bis: number; analyse?: Analyseoptionen }
  | { art: 'bearbeiten'; datei: string; ordner: string; bearbeitung: Bearbeitung }
  | { art: 'vorschau'; datei: string; ordner: string; breite: number }
  | { art: 'pdf'; seiten: readonly PdfSeite[]; angaben: Omit<PdfAngaben, 'erstellt'> & { erstellt: string }; ordner: string }
  | { art: 'deckblatt'; blaetter: readonly Deckblatt[]; ordner: string };

export type Seitendatei = { nummer: number; mime: Bildmime; datei: string; unveraendert: boolean; breite: number; hoehe: number; dpi: number | null; analyse?: Seitenanalyse };
export type Scanergebnis<A extends Scanauftrag['art']> = A extends 'analyse' ? Seitenanalyse
  : A extends 'seiten' ? { anzahl: number; seiten: (Seitendatei | { nummer: number; fehler: { code: string; daten: Record<string, string | number> } })[] }
  : A extends 'pdf' ? Omit<PdfErgebnis, 'sha256' | 'groesse'> & { datei: string }
  : { datei: string };
