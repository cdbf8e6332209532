// Generated from the database by `npm run generate`; never edited.
import type { Generated, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type BenachrichtigungTables = {
  'benachrichtigung.benachrichtigung': {
    mandant_id: MandantId;
    id: string;
    benutzer_id: string;
    ereignis_id: number;
    anlass: string;
    satz: string;
    pfad: string;
    versand: Generated<'sofort' | 'taeglich' | null>;
    erstellt: Generated<Zeitpunkt>;
    gelesen_am: Generated<Zeitpunkt | null>;
    je_objekt: Generated<boolean>;
    objekt_typ: Generated<string | null>;
    objekt_id: Generated<string | null>;
    zusatz: Generated<string>;
  };
  'benachrichtigung.einstellung': {
    mandant_id: MandantId;
    benutzer_id: string;
    anlass: string;
    weg: 'nicht' | 'postfach' | 'sofort' | 'taeglich';
  };
};
