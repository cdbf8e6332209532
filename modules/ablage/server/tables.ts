import type { Generated } from 'kysely';
import type { MandantId } from '#platform/server/tx.ts';

type Bytes = { mandant_id: MandantId; id: string; objekt_id: string; mime: string; dateiname: string };
export type AblageTables = {
  'ablage.objekt': {
    mandant_id: MandantId; id: string; key: string; sha256: string; groesse: number;
    zustand: Generated<'gut' | 'fehlt' | 'veraendert'>; geprueft: Generated<string | null>; erstellt: Generated<string>;
  };
  'ablage.hochgeladen': Bytes & { akteur_art: string; akteur_id: string; gueltig_bis: string };
  'ablage.inhalt': Bytes & { akteur_id: string; erstellt: Generated<string> };
  'ablage.abgeleitet': Bytes & { quelle_id: string | null; erstellt: Generated<string> };
  'ablage.pruefung': {
    mandant_id: MandantId; id: string; art: 'bestand' | 'voll'; begonnen: Generated<string>; beendet: Generated<string | null>; stand: Generated<string>; nach: Generated<string>;
    gesamt: number; geprueft: Generated<number>; bytes: Generated<number>; fehlt: Generated<number>; veraendert: Generated<number>; entfernt: Generated<number>;
    akteur_id: string;
  };
};
