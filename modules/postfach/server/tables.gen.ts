// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type PostfachTables = {
  'postfach.ablageadresse': {
    mandant_id: MandantId;
    id: string;
    objekt_typ: 'akte' | 'vorgang';
    objekt_id: string;
    token: string;
    angelegt: Generated<Zeitpunkt>;
    beendet: Generated<Zeitpunkt | null>;
  };
  'postfach.einstellung': {
    mandant_id: MandantId;
    id: string;
    version: Generated<number>;
    ablage: Generated<'niemand' | 'mitarbeitende' | 'alle'>;
    automatik_ablegen: Generated<boolean>;
  };
  'postfach.nachricht': {
    mandant_id: MandantId;
    id: string;
    postfach_id: Generated<string | null>;
    uidvalidity: Generated<number | null>;
    uid: Generated<number | null>;
    sha256: string;
    message_id: Generated<string | null>;
    absender: Generated<string>;
    zustand: 'ganz' | 'zu_gross' | 'nicht_abholbar';
    eingang_id: string;
    inhalt_id: string;
    erfasst: Generated<Zeitpunkt>;
    quittiert: Generated<Zeitpunkt | null>;
    adresse_id: Generated<string | null>;
    automatik: Generated<string | null>;
    entschieden: Generated<Zeitpunkt | null>;
  };
  'postfach.postfach': {
    mandant_id: MandantId;
    id: string;
    version: Generated<number>;
    bezeichnung: string;
    organisationseinheit_id: string;
    host: string;
    port: number;
    sicherheit: 'tls' | 'starttls' | 'keine';
    benutzername: string;
    kennwort: string;
    ordner_eingang: Generated<string>;
    ordner_verarbeitet: Generated<string>;
    ordner_fehler: Generated<string>;
    pausiert: Generated<boolean>;
    entfernt: Generated<Zeitpunkt | null>;
  };
  'postfach.stand': {
    mandant_id: MandantId;
    postfach_id: string;
    laeuft_bis: Generated<Zeitpunkt | null>;
    naechster: Generated<Zeitpunkt>;
    letzter_lauf: Generated<Zeitpunkt | null>;
    letzter_erfolg: Generated<Zeitpunkt | null>;
    wartend: Generated<number>;
    uidvalidity: Generated<number | null>;
    fehler: Generated<string | null>;
    fehler_seit: Generated<Zeitpunkt | null>;
    fehler_folge: Generated<number>;
    schwierig: Generated<Json>;
  };
};
