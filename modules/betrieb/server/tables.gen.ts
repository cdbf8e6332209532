// Generated from the database by `npm run generate`; never edited.
import type { MandantId, Zeitpunkt } from '#platform/server/tx.ts';

export type BetriebTables = {
  'betrieb.langsame_abfrage': {
    mandant_id: MandantId;
    stunde: Zeitpunkt;
    prozess: 'api' | 'worker';
    pruefsumme: string;
    text: string;
    anzahl: number;
    dauer: number;
    laengste: number;
  };
};
