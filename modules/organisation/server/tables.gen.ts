// Generated from the database by `npm run generate`; never edited.
import type { GeneratedAlways } from 'kysely';
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type OrganisationTables = {
  'organisation.anmeldeversuch': {
    schluessel: Buffer;
    anzahl: number;
    zuletzt: Zeitpunkt;
  };
  'organisation.benutzer': {
    mandant_id: MandantId;
    id: string;
    konto_id: string;
    titel: Generated<string>;
    vorname: Generated<string>;
    nachname: string;
    sortiername: GeneratedAlways<string>;
    funktion: Generated<string>;
    email: Generated<string | null>;
    telefon: Generated<string | null>;
    gesperrt: Generated<boolean>;
    erstellt: Generated<Zeitpunkt>;
    version: Generated<number>;
  };
  'organisation.benutzer_rolle': {
    mandant_id: MandantId;
    benutzer_id: string;
    rolle_id: string;
  };
  'organisation.gast': {
    mandant_id: MandantId;
    id: string;
    heimat_id: string;
    titel: Generated<string>;
    vorname: Generated<string>;
    nachname: string;
    heimat_name: string;
  };
  'organisation.konto': {
    id: string;
    anmeldename: string;
    schluessel: string;
    heimat_id: string;
    passwort: string;
    passwort_zeit: Generated<Zeitpunkt>;
    muss_aendern: Generated<boolean>;
    gesperrt: Generated<boolean>;
    einstellungen: Generated<Json>;
    erstellt: Generated<Zeitpunkt>;
  };
  'organisation.mandant': {
    id: string;
    art: 'verbund' | 'mandant';
    name: string;
    bezeichnung: Generated<string>;
    kuerzel: string;
    farbe: 'violett' | 'tuerkis' | 'orange' | 'blau' | 'hellblau' | 'gruen' | 'limette' | 'gelb';
    behoerdenkennung: Generated<string | null>;
    ars: Generated<string | null>;
    aktiv: Generated<boolean>;
    erstellt: Generated<Zeitpunkt>;
    version: Generated<number>;
  };
  'organisation.organisationseinheit': {
    mandant_id: MandantId;
    id: string;
    parent_id: Generated<string | null>;
    kennzeichen: string;
    bezeichnung: string;
    kuerzel: Generated<string>;
    ordnung: Generated<number>;
    gueltig_ab: Generated<string | null>;
    gueltig_bis: Generated<string | null>;
    version: Generated<number>;
    adressierbar: Generated<boolean>;
  };
  'organisation.rolle': {
    mandant_id: MandantId;
    id: string;
    schluessel: Generated<string | null>;
    bezeichnung: string;
    beschreibung: Generated<string>;
    rechte: Generated<string[] | null>;
    version: Generated<number>;
  };
  'organisation.sitzung': {
    id: string;
    token_hash: Buffer;
    konto_id: string;
    mandant_id: MandantId;
    benutzer_id: string;
    begonnen: Generated<Zeitpunkt>;
    zuletzt: Generated<Zeitpunkt>;
    ablauf: Zeitpunkt;
    geraet: Generated<string>;
    adresse: Generated<string>;
  };
  'organisation.vertretung': {
    mandant_id: MandantId;
    id: string;
    benutzer_id: string;
    vertreter_id: string;
    rang: number;
    von: string;
    bis: Generated<string | null>;
    umfang_art: 'alles' | 'rolle' | 'oe' | 'sachgebiet';
    umfang: Generated<string[]>;
    klassen: Generated<string[]>;
    grund: Generated<string>;
    angelegt: Generated<Zeitpunkt>;
    angelegt_von: Generated<string | null>;
    beendet: Generated<Zeitpunkt | null>;
    beendet_von: Generated<string | null>;
  };
  'organisation.zugang': {
    mandant_id: MandantId;
    konto_id: string;
    benutzer_id: string;
    gesperrt: boolean;
    zuletzt: Generated<Zeitpunkt | null>;
  };
  'organisation.zugangstoken': {
    id: string;
    token_hash: Buffer;
    mandant_id: MandantId;
    benutzer_id: string;
    name: string;
    rechte: string[];
    erstellt: Generated<Zeitpunkt>;
    ablauf: Zeitpunkt;
    zuletzt: Generated<Zeitpunkt | null>;
    widerrufen: Generated<Zeitpunkt | null>;
  };
  'organisation.zuordnung': {
    mandant_id: MandantId;
    benutzer_id: string;
    organisationseinheit_id: string;
    leitung: Generated<boolean>;
  };
};
