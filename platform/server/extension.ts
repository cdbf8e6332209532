import type { Expression } from 'kysely';
import type { Policyauskunft } from './auskunft.ts';
import type { Stufe } from './reichweite.ts';
import type { EreignisPayload, ReadTx, WriteTx } from './tx.ts';

// The points that exist from the start are typed here, because both sides stand apart: modules high in the list register, modules below call.
declare module './tx.ts' {
  interface Erweiterungen {
    schutzobjekt: Schutzobjekt;
    /** Synchronous: every index of objects follows a change of Schutzbereich, Storno or Sperre within the same transaction. */
    schutzGeaendert: (tx: WriteTx, aenderung: SchutzAenderung) => Promise<void>;
    /** Synchronous: these Schutzbereiche, one and those below it, have another class. */
    klasseGeaendert: (tx: WriteTx, schutzIds: readonly string[]) => Promise<void>;
    suchobjekt: Suchobjektart;
    /** Art of Ereignis → German sentence of what was done (»hat die Akte angelegt«). */
    verlaufstext: Readonly<Record<string, Verlaufssatz>>;
    /** Column of a change → what the history calls it, and its codes in words. */
    verlaufsfeld: Readonly<Record<string, { name: string; werte?: Readonly<Record<string, string>> }>>;
    /** Recht → what it is called, »Akten: lesen«: what it is about, and what may be done. Registered by the module that declares the Recht. */
    rechtname: Readonly<Record<string, string>>;
    /** Names of machines that are no Benutzer, by the id with which they act: those the module knows. */
    akteurname: (tx: ReadTx, ids: readonly string[]) => Promise<Map<string, string>>;
    inhaltsverwendung: Inhaltsverwendung;
    benachrichtigungsanlass: Benachrichtigungsanlass;
    kennzahl: Kennzahl;
  }
}

/**
 * What an operator watches of a module: read in every Mandant by the worker and told as one figure for all of them, at /metrics. `name` begins with
 * verbundakte_; a count of technique, never one by person.
 */
export type Kennzahl = { name: string; hilfe: string; zusammen: 'summe' | 'hoechste'; lies(tx: ReadTx): Promise<number> };

/** `schutzId`, `storniert`: the new value where it is one for all `ids`, which then need not be loaded. */
export type SchutzAenderung = { typ: string; ids: readonly string[]; schutzId?: string; storniert?: boolean };

/** A kind of object that stands in a Schutzbereich. */
export type Schutzobjekt = {
  typ: string;
  /** »Akte« */
  label: string;
  /** How to name the objects the Akteur may see; the others are missing from the answer. `pfad`: address in the web; `geschuetzt`: the class for whose sake the title is hidden. */
  kurz(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { titel: string; kennzeichen: string | null; pfad: string; geschuetzt?: string | null }>>;
  /** The ids of all that the Akteur may see, as a query: for lists of other modules that name objects of this kind. */
  sichtbare?(tx: ReadTx): Promise<Expression<{ id: string }>>;
  /** Throws 404 or 403 unless the Akteur reaches the object at this Stufe. */
  authorize(tx: ReadTx, stufe: 'sehen' | 'lesen' | 'bearbeiten' | 'verwalten', id: string): Promise<{ schutzId: string }>;
  /** Whether anything in these Schutzbereiche is classified VS-NfD, whoever may see it. */
  eingestuft?(tx: ReadTx, schutzIds: readonly string[]): Promise<boolean>;
  /** What explains who may do what with it: from the kind's policy. A kind without it is not explained. */
  auskunft?: Policyauskunft & { /** The Recht that stands for a Stufe where somebody asks for that alone. */ recht(stufe: Stufe): string };
  /**
   * What an Objektfreigabe reaches: the object's Schutzbereich of today, and the ids by which the rows in it name what they lie in (itself, and the
   * containers below it). An object that is gone is missing. A kind without it cannot be granted by itself.
   */
  bereich?(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { schutzId: string; ids: readonly string[] }>>;
};

/** One entry of the search index. Texts of `inhaltIds` are fetched by »suche«. */
export type Suchobjekt = {
  id: string; typ: string; titel: string;
  /** Words of metadata: Absender, Empfänger, fremdes Geschäftszeichen, Bemerkung … */
  zusatz: readonly string[];
  kennzeichen: string | null;
  /** Former Aktenzeichen, which go on finding the object. */
  fruehereKennzeichen?: readonly string[];
  schutzId: string;
  /** YYYY-MM-DD */
  datum: string;
  art: string | null; status: string | null;
  aktenplaneinheitId: string | null; organisationseinheitId: string | null; akteId: string | null; vorgangId: string | null;
  storniert: boolean;
  inhaltIds: readonly string[];
};
export type Suchobjektart = {
  typ: string; label: string;
  /** The Rechte to see and to read such an object: `<typ>.sehen` and `<typ>.lesen` unless named. */
  rechte?: { sehen: string; lesen: string };
  /** What the Akteur may do with each of these; an object that is missing may not be seen. Asked for the shown hits. */
  allowed?(tx: ReadTx, ids: readonly string[]): Promise<Map<string, readonly string[]>>;
  /** Arts of Ereignis after which the objects in `objekte[typ]` are indexed anew. */
  ereignisse: readonly string[];
  load(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]>;
  byInhalt(tx: ReadTx, inhaltIds: readonly string[]): Promise<string[]>;
  /** All ids in order, for a rebuild: those after `nach`, at most `limit`. */
  list(tx: ReadTx, nach: string | null, limit: number): Promise<string[]>;
};

/** An Ereignis as the history tells it; `wer` and the objects are named by »protokoll«. */
export type VerlaufEreignis = { art: string; daten: Record<string, any>; objekte: Record<string, readonly string[]> };

export type Verlaufssatz = ((ereignis: VerlaufEreignis) => string) & { readonly imHaus?: true };
/** Of an Ereignis that is told within the house alone: with whom else something is shared, who may get there and why. A guest neither reads nor counts it. */
export const imHaus = (satz: (ereignis: VerlaufEreignis) => string): Verlaufssatz => Object.assign(satz, { imHaus: true as const });

/** Which objects use stored content, and whether the Akteur may read it there. */
export type Inhaltsverwendung = {
  typ: string;
  find(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, readonly string[]>>;
  authorizeLesen(tx: ReadTx, objektId: string): Promise<unknown>;
};

/** A kind of news and whom it concerns. */
/**
 * News for one person, written out when it is read. `satz` says nothing of the object: mails carry it. `objekt`: its title follows for those who may see it
 * then (`schutzobjekt`), and after it `zusatz`, what else concerns the object. `jeObjekt`: not again while an unread one leads to the same `pfad`.
 */
export type Nachricht = { benutzerId: string; satz: string; objekt?: { typ: string; id: string }; zusatz?: string; pfad: string; jeObjekt?: boolean };
export type Benachrichtigungsanlass = {
  /** Stable name, the key of everybody's choice: `eingang.zugewiesen`. */
  schluessel: string;
  /** In the settings: »Ein Eingang liegt in meinem Korb«. */
  titel: string;
  ereignisse: readonly string[];
  vorgabe: 'nicht' | 'postfach' | 'sofort' | 'taeglich';
  /** Whoever caused the Ereignis is left out by »benachrichtigung«. */
  create(tx: ReadTx, ereignis: EreignisPayload): Promise<Nachricht[]>;
};
