import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import { definePolicy } from '#platform/server/policy.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const bearbeitende = ['sachbearbeitung', 'leitung', 'poststelle', 'registratur'];
export type StapelRecht = 'scanstapel.sehen' | 'scanstapel.bearbeiten' | 'scanstapel.freigeben';

/**
 * A batch stands in the basket of the office whose post it is: who works there, and the Poststelle. All of it is content, so whoever may only see is told of none.
 */
export const stapelPolicy = definePolicy<ScanstelleTables, 'scanstelle.stapel', StapelRecht>('scanstelle.stapel', 'Stapel', {
  'scanstapel.sehen': { stufe: 'lesen', rollen: bearbeitende },
  'scanstapel.bearbeiten': { stufe: 'bearbeiten', rollen: bearbeitende },
  'scanstapel.freigeben': { stufe: 'bearbeiten', rollen: bearbeitende },
}, resolveReichweite);

export const rechtnamen = {
  'scanstapel.sehen': 'Scanstelle: Stapel sehen', 'scanstapel.bearbeiten': 'Scanstelle: Stapel prüfen', 'scanstapel.freigeben': 'Scanstelle: Stapel übernehmen und verwerfen', 'scanstelle.verwalten': 'Scanstelle: Profile verwalten',
};
