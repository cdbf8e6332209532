import type { MandantId } from './tx.ts';

/** The stream of Ereignisse, for the modules that read it. Only `tx.record` writes it. */
export type EreignisTables = {
  'platform.ereignis': {
    mandant_id: MandantId; id: number; xid: string; zeit: string; art: string; fassung: number; akteur_art: 'person' | 'maschine' | 'gast' | 'system'; akteur_id: string;
    vertreten_id: string | null; weg: 'web' | 'api' | 'job'; korrelation_id: string; objekte: Record<string, string[]>; daten_hash: Buffer | null;
  };
  'platform.ereignis_daten': { mandant_id: MandantId; ereignis_id: number; salz: Buffer; daten: Record<string, any> };
  'platform.ereignis_objekt': { mandant_id: MandantId; objekt_id: string; ereignis_id: number; objekt: string };
};
