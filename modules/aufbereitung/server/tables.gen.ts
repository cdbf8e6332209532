// Generated from the database by `npm run generate`; never edited.
import type { Generated, Json, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type AufbereitungTables = {
  'aufbereitung.anlage': {
    mandant_id: MandantId;
    inhalt_id: string;
    nr: number;
    anlage_id: string;
    wurzel_id: string;
    tiefe: number;
    dateiname: string;
    mime: string;
    groesse: number;
    inline: boolean;
    content_id: Generated<string | null>;
  };
  'aufbereitung.aufbereitung': {
    mandant_id: MandantId;
    inhalt_id: string;
    format: Generated<string | null>;
    mime: Generated<string | null>;
    seiten: Generated<number>;
    hinweise: Generated<Json>;
    mail: Generated<Json | null>;
    rendition_id: Generated<string | null>;
    vorschau_id: Generated<string | null>;
    erstellt: Generated<Zeitpunkt>;
  };
  'aufbereitung.schritt': {
    mandant_id: MandantId;
    inhalt_id: string;
    art: 'typ' | 'text' | 'ocr' | 'vorschau' | 'rendition';
    status: 'offen' | 'laeuft' | 'fertig' | 'nicht_noetig' | 'fehlgeschlagen';
    code: Generated<string | null>;
    daten: Generated<Json>;
    versuche: Generated<number>;
    fertig: Generated<number>;
    gesamt: Generated<number>;
    geaendert: Generated<Zeitpunkt>;
  };
  'aufbereitung.seitenbild': {
    mandant_id: MandantId;
    inhalt_id: string;
    art: 'daumen' | 'seite';
    seite: number;
    versatz: number;
    laenge: number;
    breite: number;
    hoehe: number;
  };
  'aufbereitung.seitentext': {
    mandant_id: MandantId;
    inhalt_id: string;
    seite: number;
    text: string;
    quelle: 'datei' | 'ocr' | 'rendition';
    ocr: Generated<'offen' | 'fertig' | 'fehlgeschlagen' | null>;
    konfidenz: Generated<number | null>;
    woerter: Generated<Json | null>;
    breite: Generated<number | null>;
    hoehe: Generated<number | null>;
  };
};
