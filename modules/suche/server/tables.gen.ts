// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type SucheTables = {
  'suche.anzeige': {
    mandant_id: MandantId;
    id: string;
    titel: string;
    zusatz: string;
    kennzeichen: Generated<string | null>;
    fruehere: string[];
    inhalt: string;
    pruefsumme: string;
    gekuerzt: boolean;
  };
  'suche.eintrag': {
    mandant_id: MandantId;
    id: string;
    typ: string;
    schutz_id: string;
    schutz_nr: number;
    datum: string;
    art: Generated<string | null>;
    status: Generated<string | null>;
    aktenplaneinheit_id: Generated<string | null>;
    organisationseinheit_id: Generated<string | null>;
    akte_id: Generated<string | null>;
    vorgang_id: Generated<string | null>;
    storniert: boolean;
    vektor: string;
  };
  'suche.gespeicherte_suche': {
    mandant_id: MandantId;
    id: string;
    benutzer_id: string;
    bezeichnung: string;
    anfrage: Json;
    angelegt: Generated<Zeitpunkt>;
  };
  'suche.neuaufbau': {
    mandant_id: MandantId;
    typ: string;
    fassung: number;
    anzahl: Generated<number>;
    begonnen: Generated<Zeitpunkt>;
    beendet: Generated<Zeitpunkt | null>;
  };
  'suche.schutz': {
    mandant_id: MandantId;
    schutz_id: string;
    nr: number;
  };
  'suche.wort': {
    mandant_id: MandantId;
    wort: string;
    anzahl: number;
  };
};
