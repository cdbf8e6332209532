export type Groesse = { breite: number; hoehe: number };
/** What can be shown. Addresses are those of our own API (`downloadUrl(…)`). */
export type Quelle =
  /** `texte`: recognised text per page (OCR) for pages whose PDF has none; it is searched, too. */
  | { art: 'pdf'; url: string; texte?: readonly string[] }
  /** Page images made by the server (scans, TIFF). */
  | { art: 'bilder'; seiten: readonly (Groesse & { url: string; text?: string })[] }
  | { art: 'bild'; url: string }
  | { art: 'text'; text: string } | { art: 'text'; url: string }
  | { art: 'email'; email: Email }
  /** Nothing to show (yet): why, in one sentence. */
  | { art: 'keine'; grund: string };
export type Email = {
  von: string; an: readonly string[]; kopie?: readonly string[]; datum?: string | null; betreff: string; text: string;
  anlagen?: readonly { name: string; groesse?: number; url?: string; pfad?: string }[];
};

/** Pages that can be drawn: PDF or images, the same to the stage. Sizes in CSS pixels at 100 %. */
export type Vorlage = {
  seiten: number;
  /** Of page 1; the others are assumed alike until they come near. */
  erste: Groesse;
  groesse(seite: number): Promise<Groesse>;
  /** Draws into `ziel` at `massstab`, turned by `drehung` degrees; answers the elements that carry the page's text. */
  zeichne(ziel: HTMLElement, seite: number, massstab: number, drehung: number, abbruch: AbortSignal): Promise<Textstueck[]>;
  /** A small picture for thumbnails and print. */
  bild(seite: number, breite: number, abbruch: AbortSignal): Promise<Blob | string>;
  text(seite: number): Promise<Seitentext>;
  schliesse(): void;
};
export type Textstueck = { knoten: Text };
/** The text of a page as pieces in reading order; `ende`: a line ends after it. */
export type Seitentext = readonly { text: string; ende: boolean }[];
export type Fund = { seite: number; von: readonly [stueck: number, stelle: number]; bis: readonly [stueck: number, stelle: number] };
