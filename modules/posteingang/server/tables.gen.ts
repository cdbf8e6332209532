// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type PosteingangTables = {
  'posteingang.anlage': {
    mandant_id: MandantId;
    eingang_id: string;
    nummer: number;
    inhalt_id: string;
  };
  'posteingang.ausnahme': {
    mandant_id: MandantId;
    id: string;
    bezeichnung: string;
    organisationseinheit_id: string;
    merkmale: Generated<string[]>;
    version: Generated<number>;
  };
  'posteingang.bilanzpruefung': {
    mandant_id: MandantId;
    umfang: 'laufend' | 'voll';
    id: string;
    zeit: Generated<Zeitpunkt>;
    eingaenge: number;
    differenzen: Generated<Json>;
  };
  'posteingang.eingang': {
    mandant_id: MandantId;
    id: string;
    schutz_id: string;
    jahr: number;
    lfd_nr: number;
    nummer: string;
    eingegangen: Generated<Zeitpunkt>;
    posteingangsdatum: string;
    kanal: 'papier' | 'e_mail' | 'de_mail' | 'fit_connect' | 'bebpo' | 'fachverfahren' | 'fax' | 'portal' | 'upload' | 'ordner' | 'telefon' | 'schalter';
    status: Generated<'erfasst' | 'verteilt' | 'in_bearbeitung' | 'zugeordnet' | 'zurueckgewiesen' | 'weitergeleitet' | 'vernichtet'>;
    organisationseinheit_id: string;
    bearbeiter_id: Generated<string | null>;
    inhalt_id: string;
    dateiname: string;
    mime: string;
    groesse: number;
    sha256: string;
    stapel_id: Generated<string | null>;
    seite_von: Generated<number | null>;
    seite_bis: Generated<number | null>;
    betreff: string;
    absender: Generated<string>;
    absender_art: Generated<'person' | 'organisation' | null>;
    datum_des_schreibens: Generated<string | null>;
    fremdes_geschaeftszeichen: Generated<string | null>;
    bemerkung: Generated<string | null>;
    message_id: Generated<string | null>;
    antwort_auf: Generated<string[]>;
    dublette_von: Generated<string | null>;
    akte_id: Generated<string | null>;
    vorgang_id: Generated<string | null>;
    dokument_id: Generated<string | null>;
    erledigt: Generated<Zeitpunkt | null>;
    erledigt_von: Generated<string | null>;
    zurueckweisungsgrund: Generated<string | null>;
    suchtext: string;
    version: Generated<number>;
    ablage_schutz_id: Generated<string | null>;
    kennung: Generated<string | null>;
    verschlossen: Generated<string | null>;
    station: Generated<number>;
    seit: Generated<Zeitpunkt>;
    faellig: Generated<Zeitpunkt | null>;
    gemeldet: Generated<Zeitpunkt | null>;
    empfaenger: Generated<string | null>;
    versandweg: Generated<string | null>;
    weiterleitungsgrund: Generated<string | null>;
    vernichtet: Generated<Zeitpunkt | null>;
    vernichtet_aus: Generated<string | null>;
    automatik: Generated<'unzustellbar' | 'zustellbericht' | 'lesebestaetigung' | 'abwesenheit' | 'eigene' | null>;
    vernichtung_id: Generated<string | null>;
  };
  'posteingang.einstellung': {
    mandant_id: MandantId;
    id: string;
    organisationseinheit_id: Generated<string | null>;
    version: Generated<number>;
    frist_zentral: Generated<number>;
    frist_oe: Generated<number>;
    vernichtung_monate: Generated<number>;
  };
  'posteingang.korb': {
    mandant_id: MandantId;
    organisationseinheit_id: string;
    schutz_id: Generated<string | null>;
  };
  'posteingang.ordnerdatei': {
    mandant_id: MandantId;
    pfad: string;
    sha256: string;
    geaendert: Zeitpunkt;
    eingang_id: Generated<string | null>;
  };
  'posteingang.stapel': {
    mandant_id: MandantId;
    id: string;
    inhalt_id: string;
    seiten: number;
  };
  'posteingang.station': {
    mandant_id: MandantId;
    eingang_id: string;
    nummer: number;
    status: 'erfasst' | 'verteilt' | 'in_bearbeitung' | 'zugeordnet' | 'zurueckgewiesen' | 'weitergeleitet' | 'vernichtet';
    organisationseinheit_id: string;
    benutzer_id: Generated<string | null>;
    von: Generated<Zeitpunkt>;
    schritt: 'eingegangen' | 'verteilt' | 'uebernommen' | 'zurueckgelegt' | 'weitergegeben' | 'irrlaeufer' | 'abgelegt' | 'zurueckgewiesen' | 'weitergeleitet' | 'wieder_aufgenommen' | 'vernichtet';
    grund: Generated<string | null>;
    urheber_id: Generated<string | null>;
    vorige: Generated<number | null>;
    vorher: Generated<string | null>;
  };
  'posteingang.vernichtung': {
    mandant_id: MandantId;
    id: string;
    erstellt: Generated<Zeitpunkt>;
    beantragt: Generated<Zeitpunkt | null>;
    beantragt_von: Generated<string | null>;
    ausgefuehrt: Generated<Zeitpunkt | null>;
    bestaetigt_von: Generated<string | null>;
  };
  'posteingang.vorschlag': {
    mandant_id: MandantId;
    eingang_id: string;
    nummer: number;
    art: 'aktenzeichen' | 'aehnlich' | 'fremdes_zeichen' | 'antwort' | 'absender' | 'adresse';
    akte_id: string;
    vorgang_id: Generated<string | null>;
    gefunden: string;
    passage: string;
    von: number;
    bis: number;
    seite: Generated<number | null>;
  };
  'posteingang.zaehler': {
    mandant_id: MandantId;
    jahr: number;
    stand: number;
  };
};
