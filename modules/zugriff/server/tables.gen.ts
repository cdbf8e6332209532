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
  };
  'zugriff.schutzbereich': {
    mandant_id: MandantId;
    id: string;
    parent_id: Generated<string | null>;
    bezeichnung: string;
    erbt: Generated<boolean>;
    organisationseinheit_id: Generated<string | null>;
    version: Generated<number>;
  };
  'zugriff.stand': {
    mandant_id: MandantId;
    stand: number;
  };
};
