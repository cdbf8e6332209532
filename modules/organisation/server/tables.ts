import type { Generated } from 'kysely';
import type { MandantId } from '#platform/server/tx.ts';

export type OrganisationTables = {
  'organisation.organisationseinheit': {
    mandant_id: MandantId; id: string; parent_id: Generated<string | null>; kennzeichen: string; bezeichnung: string; kuerzel: Generated<string>;
    ordnung: Generated<number>; gueltig_ab: Generated<string | null>; gueltig_bis: Generated<string | null>; version: Generated<number>;
  };
  'organisation.benutzer': {
    mandant_id: MandantId; id: string; konto_id: string; titel: Generated<string>; vorname: Generated<string>; nachname: string; sortiername: Generated<string>;
    funktion: Generated<string>; email: Generated<string | null>; telefon: Generated<string | null>; gesperrt: Generated<boolean>; erstellt: Generated<string>; version: Generated<number>;
  };
  'organisation.zuordnung': { mandant_id: MandantId; benutzer_id: string; organisationseinheit_id: string; leitung: Generated<boolean> };
  'organisation.rolle': {
    mandant_id: MandantId; id: string; schluessel: Generated<string | null>; bezeichnung: string; beschreibung: Generated<string>; rechte: Generated<string[] | null>; version: Generated<number>;
  };
  'organisation.benutzer_rolle': { mandant_id: MandantId; benutzer_id: string; rolle_id: string };
};

/** Rows of the functions that stand for the tables without Mandant. */
export type MandantRow = {
  id: string; art: 'verbund' | 'mandant'; name: string; bezeichnung: string; kuerzel: string; farbe: Farbe; behoerdenkennung: string | null; ars: string | null;
  zeitzone: string; aktiv: boolean; erstellt: string; version: number;
};
export type Farbe = 'violett' | 'tuerkis' | 'orange' | 'blau' | 'hellblau' | 'gruen' | 'limette' | 'gelb';
