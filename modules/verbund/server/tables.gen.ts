// Generated from the database by `npm run generate`; never edited.
import type { Generated, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type VerbundTables = {
  'verbund.erhalten': {
    mandant_id: MandantId;
    id: string;
    partner_id: string;
    objekt_typ: 'akte' | 'vorgang' | 'dokument';
    objekt_id: string;
    kennzeichen: Generated<string | null>;
    empfaenger_art: 'oe' | 'person';
    empfaenger_id: string;
    empfaenger_name: string;
    stufe: 'sehen' | 'lesen' | 'bearbeiten';
    zweck: string;
    von: Zeitpunkt;
    bis: Zeitpunkt;
    erhalten: Generated<Zeitpunkt>;
    beendet_am: Generated<Zeitpunkt | null>;
    beendet_seite: Generated<'eigner' | 'empfaenger' | null>;
  };
  'verbund.freigabe': {
    mandant_id: MandantId;
    id: string;
    objekt_typ: 'akte' | 'vorgang' | 'dokument';
    objekt_id: string;
    kennzeichen: Generated<string | null>;
    partner_id: string;
    empfaenger_art: 'oe' | 'person';
    empfaenger_id: string;
    empfaenger_name: string;
    stufe: 'sehen' | 'lesen' | 'bearbeiten';
    zweck: string;
    von: Zeitpunkt;
    bis: Zeitpunkt;
    erteilt: Generated<Zeitpunkt>;
    erteilt_von: Generated<string | null>;
    beendet_am: Generated<Zeitpunkt | null>;
    beendet_seite: Generated<'eigner' | 'empfaenger' | null>;
  };
  'verbund.notzugriff': {
    mandant_id: MandantId;
    id: string;
    ziel_id: string;
    antragsteller_id: string;
    antragsteller_name: string;
    grund: string;
    stunden: number;
    beantragt: Generated<Zeitpunkt>;
    entschieden_von: Generated<string | null>;
    entschieden_name: Generated<string | null>;
    von: Generated<Zeitpunkt | null>;
    bis: Generated<Zeitpunkt | null>;
    begonnen: Generated<Zeitpunkt | null>;
    beendet: Generated<Zeitpunkt | null>;
  };
};
