// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type AnnahmeTables = {
  'annahme.abweisung': {
    mandant_id: MandantId;
    id: string;
    anschluss_id: string;
    zeit: Generated<Zeitpunkt>;
    externe_id: string;
    code: string;
    titel: string;
    details: Generated<Json>;
  };
  'annahme.anschluss': {
    mandant_id: MandantId;
    id: string;
    version: Generated<number>;
    name: string;
    kanal: 'fachverfahren' | 'portal' | 'fit_connect' | 'bebpo' | 'de_mail' | 'fax';
    organisationseinheit_id: string;
    ablage: Generated<'korb' | 'vorgang' | 'neuer_vorgang'>;
    token_hash: Buffer;
    token_erstellt: Generated<Zeitpunkt>;
    widerrufen: Generated<Zeitpunkt | null>;
    erstellt: Generated<Zeitpunkt>;
  };
  'annahme.datei': {
    mandant_id: MandantId;
    sendung_id: string;
    nr: number;
    name: string;
    mime: string;
    groesse: number;
    sha256: string;
    upload_id: Generated<string | null>;
    erhalten: Generated<Zeitpunkt | null>;
  };
  'annahme.nutzung': {
    mandant_id: MandantId;
    anschluss_id: string;
    zuletzt: Zeitpunkt;
  };
  'annahme.sendung': {
    mandant_id: MandantId;
    id: string;
    anschluss_id: string;
    externe_id: string;
    organisationseinheit_id: string;
    manifest: Json;
    fingerabdruck: string;
    zustand: Generated<'offen' | 'verfallen' | 'angenommen'>;
    eroeffnet: Generated<Zeitpunkt>;
    verfallen: Generated<Zeitpunkt | null>;
    angenommen: Generated<Zeitpunkt | null>;
    eingang_id: Generated<string | null>;
    quittung: Generated<Json | null>;
    ablagehindernis: Generated<string | null>;
  };
};
