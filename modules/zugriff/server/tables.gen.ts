// Generated from the database by `npm run generate`; never edited.
import type { Generated, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type ZugriffTables = {
  'zugriff.freigabe': {
    mandant_id: MandantId;
    id: string;
    schutz_id: string;
    subjekt_art: 'oe' | 'rolle' | 'person';
    subjekt: string;
    stufe: 'sehen' | 'lesen' | 'bearbeiten' | 'verwalten';
    erteilt: Generated<Zeitpunkt>;
    gueltig_von: Generated<Zeitpunkt | null>;
    gueltig_bis: Generated<Zeitpunkt | null>;
    erteilt_von: Generated<string | null>;
    grund: Generated<string | null>;
  };
  'zugriff.geheimschutz': {
    mandant_id: MandantId;
    id: string;
    aktiv: boolean;
    aktenzeichen: Generated<string | null>;
    freigabe_vom: Generated<string | null>;
    geaendert_am: Generated<Zeitpunkt>;
    geaendert_von: Generated<string | null>;
    version: Generated<number>;
  };
  'zugriff.objektfreigabe': {
    mandant_id: MandantId;
    id: string;
    objekt_typ: string;
    objekt_id: string;
    subjekt_art: 'oe' | 'rolle' | 'person' | 'gast';
    subjekt: string;
    stufe: 'sehen' | 'lesen' | 'bearbeiten' | 'verwalten';
    gueltig_von: Generated<Zeitpunkt>;
    gueltig_bis: Generated<Zeitpunkt | null>;
    zweck: string;
    anlass_typ: Generated<string | null>;
    anlass_id: Generated<string | null>;
    erteilt: Generated<Zeitpunkt>;
    erteilt_von: Generated<string | null>;
  };
  'zugriff.schutzbereich': {
    mandant_id: MandantId;
    id: string;
    parent_id: Generated<string | null>;
    bezeichnung: string;
    erbt: Generated<boolean>;
    organisationseinheit_id: Generated<string | null>;
    version: Generated<number>;
    klasse: Generated<'personal' | 'sozial' | 'gesundheit' | 'steuer' | 'personalrat' | 'vs_nfd' | null>;
    gesperrt_am: Generated<Zeitpunkt | null>;
    gesperrt_von: Generated<string | null>;
    sperrgrund: Generated<string | null>;
  };
  'zugriff.stand': {
    mandant_id: MandantId;
    stand: number;
  };
};
