// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type ProtokollTables = {
  'protokoll.ausgabe': {
    mandant_id: MandantId;
    id: string;
    begonnen: Generated<Zeitpunkt>;
    beendet: Generated<Zeitpunkt | null>;
    mit_daten: boolean;
    gesamt: number;
    siegel: number;
    geschrieben: Generated<number>;
    ohne_daten: Generated<number>;
    groesse: Generated<number>;
    akteur_art: string;
    akteur_id: string;
    akteur: Generated<Json | null>;
    verdeckt: Generated<Json>;
  };
  'protokoll.ausgabe_teil': {
    mandant_id: MandantId;
    ausgabe_id: string;
    nr: number;
    inhalt_id: string;
  };
  'protokoll.blatt': {
    mandant_id: MandantId;
    folge: number;
    ereignis_id: number;
    hash: Buffer;
  };
  'protokoll.einsicht': {
    mandant_id: MandantId;
    id: string;
    ziel_art: 'objekt' | 'person';
    ziel_id: string;
    ziel_name: string;
    von: string;
    bis: string;
    grund: string;
    beantragt: Generated<Zeitpunkt>;
    beantragt_von: string;
    entschieden: Generated<Zeitpunkt | null>;
    entschieden_von: Generated<string | null>;
    bewilligt: Generated<boolean | null>;
    gilt_bis: Generated<Zeitpunkt | null>;
  };
  'protokoll.leseblatt': {
    mandant_id: MandantId;
    monat: string;
    folge: number;
    lesezugriff_id: number;
    hash: Buffer;
  };
  'protokoll.lesefrist': {
    mandant_id: MandantId;
    monate: number;
    version: Generated<number>;
  };
  'protokoll.lesesiegel': {
    mandant_id: MandantId;
    monat: string;
    nr: number;
    groesse: number;
    wurzel: Buffer;
    vorgaenger: Buffer;
    zeit: Zeitpunkt;
    schluessel_id: string;
    unterschrift: Buffer;
    spitzen: string;
    bis_xid: string;
    bis_id: number;
    kette: number;
  };
  'protokoll.pruefung': {
    mandant_id: MandantId;
    id: string;
    begonnen: Generated<Zeitpunkt>;
    beendet: Generated<Zeitpunkt | null>;
    gesamt: number;
    geprueft: Generated<number>;
    siegel: number;
    stand: Json;
    befund: Generated<Json | null>;
    akteur_art: string;
    akteur_id: string;
  };
  'protokoll.siegel': {
    mandant_id: MandantId;
    nr: number;
    groesse: number;
    wurzel: Buffer;
    vorgaenger: Buffer;
    zeit: Zeitpunkt;
    schluessel_id: string;
    unterschrift: Buffer;
    spitzen: string;
    bis_xid: string;
    bis_id: number;
  };
};
