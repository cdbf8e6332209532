/** A row of the function that stands for the table of Mandanten. */
export type MandantRow = {
  id: string; art: 'verbund' | 'mandant'; name: string; bezeichnung: string; kuerzel: string; farbe: Farbe; behoerdenkennung: string | null; ars: string | null;
  aktiv: boolean; erstellt: string; version: number;
};
export type Farbe = 'violett' | 'tuerkis' | 'orange' | 'blau' | 'hellblau' | 'gruen' | 'limette' | 'gelb';
