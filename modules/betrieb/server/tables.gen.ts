// Generated from the database by `npm run generate`; never edited.
import type { Generated, MandantId, Zeitpunkt } from '#platform/server/tx.ts';

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
  'betrieb.sicherung': {
    einzige: Generated<boolean>;
    ort: string;
    dauernd: boolean;
    grundsicherung: Generated<Zeitpunkt | null>;
    bis: Generated<Zeitpunkt | null>;
    gemeldet: Zeitpunkt;
  };
};
