// Generated from the database by `npm run generate`; never edited.
import type { Generated, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type AblageTables = {
  'ablage.abgeleitet': {
    mandant_id: MandantId;
    id: string;
    quelle_id: Generated<string | null>;
    objekt_id: string;
    mime: string;
    dateiname: string;
    erstellt: Generated<Zeitpunkt>;
  };
  'ablage.hochgeladen': {
    mandant_id: MandantId;
    id: string;
    objekt_id: string;
    mime: string;
    dateiname: string;
    akteur_art: string;
    akteur_id: string;
    gueltig_bis: Zeitpunkt;
  };
  'ablage.inhalt': {
    mandant_id: MandantId;
    id: string;
    objekt_id: Generated<string | null>;
    mime: string;
    dateiname: string;
    akteur_id: string;
    erstellt: Generated<Zeitpunkt>;
    vernichtet: Generated<Zeitpunkt | null>;
  };
  'ablage.objekt': {
    mandant_id: MandantId;
    id: string;
    key: string;
    sha256: string;
    groesse: number;
    zustand: Generated<'gut' | 'fehlt' | 'veraendert'>;
    geprueft: Generated<Zeitpunkt | null>;
    erstellt: Generated<Zeitpunkt>;
    befund: Generated<'ungeprueft' | 'wartet' | 'sauber' | 'offen' | 'gefunden' | 'freigegeben' | 'vernichtet'>;
    schadsoftware: Generated<string | null>;
    hindernis: Generated<'unerreichbar' | 'zu_gross' | 'fehler' | null>;
    gescannt: Generated<Zeitpunkt | null>;
  };
  'ablage.pruefung': {
    mandant_id: MandantId;
    id: string;
    art: 'bestand' | 'voll';
    begonnen: Generated<Zeitpunkt>;
    beendet: Generated<Zeitpunkt | null>;
    stand: Generated<Zeitpunkt>;
    nach: Generated<string>;
    gesamt: number;
    geprueft: Generated<number>;
    bytes: Generated<number>;
    fehlt: Generated<number>;
    veraendert: Generated<number>;
    entfernt: Generated<number>;
    akteur_id: string;
  };
  'ablage.quarantaene': {
    mandant_id: MandantId;
    id: string;
    schadsoftware: string;
    gefunden: Generated<Zeitpunkt>;
    antrag_von: Generated<string | null>;
    antrag_grund: Generated<string | null>;
    antrag_am: Generated<Zeitpunkt | null>;
    entschieden_von: Generated<string | null>;
    entschieden_am: Generated<Zeitpunkt | null>;
    grund: Generated<string | null>;
  };
};
