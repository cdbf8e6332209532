// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId } from '#platform/server/tx.ts';

export type VorschlagswesenTables = {
  'vorschlagswesen.beispiel': {
    mandant_id: MandantId;
    objekt_id: string;
    merkmale: number[];
    absender: Generated<number | null>;
    organisationseinheit_id: string;
    aktenplaneinheit_id: Generated<string | null>;
    akte_id: Generated<string | null>;
    vorgang_id: Generated<string | null>;
    dokumenttyp: Generated<string | null>;
  };
  'vorschlagswesen.erfahrung': {
    mandant_id: MandantId;
    feld: string;
    quelle: string;
    stufe: number;
    gesamt: number;
    richtig: number;
  };
  'vorschlagswesen.ergebnis': {
    mandant_id: MandantId;
    objekt_id: string;
    feld: string;
    organisationseinheit_id: string;
    tag: Generated<string>;
    ausgang: 'uebernommen' | 'berichtigt' | 'weiss_nicht';
    konfidenz: Generated<number | null>;
  };
  'vorschlagswesen.klasse': {
    mandant_id: MandantId;
    feld: 'organisationseinheit' | 'aktenplaneinheit' | 'dokumenttyp';
    nr: number;
    schluessel: string;
    beispiele: number;
    worte: number;
  };
  'vorschlagswesen.wort': {
    mandant_id: MandantId;
    feld: string;
    merkmal: number;
    anzahlen: Json;
  };
};
