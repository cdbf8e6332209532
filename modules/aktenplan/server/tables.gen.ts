// Generated from the database by `npm run generate`; never edited.
import type { GeneratedAlways } from 'kysely';
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type AktenplanTables = {
  'aktenplan.aktenplan': {
    mandant_id: MandantId;
    id: string;
    bezeichnung: string;
    typ: Generated<string | null>;
    versionsbezeichnung: string;
    ebenen: string[];
    gueltig_von: Generated<string | null>;
    gueltig_bis: Generated<string | null>;
    beginn: GeneratedAlways<string>;
    version: Generated<number>;
    angelegt: Generated<Zeitpunkt>;
  };
  'aktenplan.aktenplaneinheit': {
    mandant_id: MandantId;
    id: string;
    aktenplan_id: string;
    parent_id: Generated<string | null>;
    schutz_id: string;
    pfad: string[];
    kennzeichen: string;
    kennzeichen_norm: string;
    sortierung: string;
    betreff_kurz: string;
    inhaltsangabe: Generated<string | null>;
    suchtext: string;
    aussonderungsart: Generated<string | null>;
    aufbewahrungsdauer: Generated<number | null>;
    unbefristet: Generated<boolean>;
    vertraulichkeit: Generated<'offen' | 'vs_nfd' | null>;
    schutzklasse: Generated<'keine' | 'personal' | 'sozial' | 'jugendhilfe' | 'gesundheit' | 'steuer' | null>;
    abweichungsgruende: Generated<Json>;
    querverweise: Generated<string[]>;
    organisationseinheit_id: Generated<string | null>;
    gueltig_von: Generated<string | null>;
    gueltig_bis: Generated<string | null>;
    stillgelegt_am: Generated<Zeitpunkt | null>;
    stilllegungsgrund: Generated<string | null>;
    aufgegangen_in: Generated<string | null>;
    version: Generated<number>;
    angelegt: Generated<Zeitpunkt>;
  };
  'aktenplan.aktenzeichen': {
    mandant_id: MandantId;
    id: string;
    aktenzeichen: string;
    schluessel: string;
    norm: string;
    art: 'automatisch' | 'manuell' | 'alt';
    aktenplaneinheit_id: Generated<string | null>;
    objekt_id: Generated<string | null>;
    lfd_nr: Generated<number | null>;
    jahr: Generated<number | null>;
    vergeben_am: Generated<Zeitpunkt>;
  };
  'aktenplan.aktenzeichenregel': {
    mandant_id: MandantId;
    id: string;
    aktenplaneinheit_id: Generated<string | null>;
    muster: Json;
    version: Generated<number>;
  };
  'aktenplan.aktenzeichenzaehler': {
    mandant_id: MandantId;
    schluessel: string;
    id: string;
    stand: number;
  };
  'aktenplan.kennzeichen_alias': {
    mandant_id: MandantId;
    aktenplaneinheit_id: string;
    kennzeichen: string;
    kennzeichen_norm: string;
    grund: 'umbenannt' | 'zusammengefuehrt';
    seit: Generated<Zeitpunkt>;
  };
};
