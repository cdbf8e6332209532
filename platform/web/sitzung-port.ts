import type { Einstellungen } from './einstellungen.ts';
import type { MandantKurz } from './kern/text.tsx';

export type MandantWahl = MandantKurz & { id: string };
/** Who works here now, and what they may do in general. */
export type Ich = {
  id: string; name: string; kurz: string; rechte: readonly string[]; mandant: MandantWahl;
  /** All in which this person may work, this one included. */
  mandanten: readonly MandantWahl[];
  /** Whose work is shown: one's own, in a Vertretung the absent person's. */
  wessen: { id: string; name: string };
  /** For whom this person may work today: `/fuer/<id>` leads there. */
  vertritt: readonly { id: string; name: string }[];
  /** The password was given by someone else: nothing but changing it is possible. */
  kennwortAendern: boolean;
  /** Null: kept elsewhere, what this browser knows goes on. */
  einstellungen: Einstellungen | null;
  /** Not in one's own name and house: acting for somebody, or a guest at `bezeichnung`. */
  sicht: { art: 'fuer' | 'bei'; id: string; bezeichnung: string; bis: string | null; nurLesen?: true | undefined } | null;
};
/** Filled by the module that knows logins. Paths lead to its pages outside the frame. */
export type SitzungsPort = {
  anmeldung: string; kennwort: string;
  holeIch(signal: AbortSignal): Promise<Ich>;
  abmelden(): Promise<void>;
  wechsleMandant(mandantId: string): Promise<void>;
  merkeEinstellungen(neu: Partial<Einstellungen>): Promise<unknown>;
};

