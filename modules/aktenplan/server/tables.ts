import type { ColumnType, Generated } from 'kysely';
import type { MandantId } from '#platform/server/tx.ts';
import type { Musterteil, Vererbbar } from '../contract.ts';

type Json<T> = ColumnType<T, string, string>;
export type EinheitTable = {
  mandant_id: MandantId; id: string; aktenplan_id: string; parent_id: string | null; schutz_id: string; pfad: string[];
  kennzeichen: string; kennzeichen_norm: string; sortierung: string; betreff_kurz: string; inhaltsangabe: string | null; suchtext: string;
  aussonderungsart: string | null; aufbewahrungsdauer: number | null; unbefristet: Generated<boolean>;
  vertraulichkeit: Vererbbar['vertraulichkeit']; schutzklasse: Vererbbar['schutzklasse']; abweichungsgruende: Json<Partial<Record<keyof Vererbbar, string>>>;
  querverweise: string[]; organisationseinheit_id: string | null; gueltig_von: string | null; gueltig_bis: string | null;
  stillgelegt_am: ColumnType<string | null, string | null | undefined, string | null>; stilllegungsgrund: Generated<string | null>; aufgegangen_in: Generated<string | null>;
  version: Generated<number>; angelegt: ColumnType<string, never, never>;
};
export type AktenplanTables = {
  'aktenplan.aktenplan': {
    mandant_id: MandantId; id: string; bezeichnung: string; typ: string | null; versionsbezeichnung: string; ebenen: string[];
    gueltig_von: string | null; gueltig_bis: string | null; beginn: ColumnType<string, never, never>; version: Generated<number>; angelegt: ColumnType<string, never, never>;
  };
  'aktenplan.aktenplaneinheit': EinheitTable;
  'aktenplan.kennzeichen_alias': { mandant_id: MandantId; aktenplaneinheit_id: string; kennzeichen: string; kennzeichen_norm: string; grund: 'umbenannt' | 'zusammengefuehrt'; seit: ColumnType<string, never, never> };
  'aktenplan.aktenzeichenregel': { mandant_id: MandantId; id: string; aktenplaneinheit_id: string | null; muster: Json<Musterteil[]>; version: Generated<number> };
  'aktenplan.aktenzeichenzaehler': { mandant_id: MandantId; schluessel: string; id: string; stand: number };
  'aktenplan.aktenzeichen': {
    mandant_id: MandantId; id: string; aktenzeichen: string; schluessel: string; norm: string; art: 'automatisch' | 'manuell' | 'alt';
    aktenplaneinheit_id: string | null; objekt_id: string | null; lfd_nr: number | null; jahr: number | null; vergeben_am: ColumnType<string, never, never>;
  };
};
