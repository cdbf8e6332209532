import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import { definePolicy } from '#platform/server/policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const lesende = ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur'];
const bearbeitende = ['sachbearbeitung', 'leitung', 'poststelle', 'registratur'];
export type EingangRecht = 'eingang.sehen' | 'eingang.lesen' | 'eingang.anlegen' | 'eingang.bearbeiten' | 'eingang.ablegen' | 'eingang.zurueckweisen';

export const eingangPolicy = definePolicy<PosteingangTables, 'posteingang.eingang', EingangRecht>('posteingang.eingang', 'Eingang', {
  'eingang.sehen': { stufe: 'sehen', rollen: lesende },
  'eingang.lesen': { stufe: 'lesen', rollen: lesende },
  'eingang.anlegen': { stufe: 'bearbeiten', rollen: bearbeitende },
  'eingang.bearbeiten': { stufe: 'bearbeiten', rollen: bearbeitende },
  // What it needs in the Akte (vorgang.anlegen, dokument.anlegen …) is asked there.
  'eingang.ablegen': { stufe: 'bearbeiten', rollen: bearbeitende },
  'eingang.zurueckweisen': { stufe: 'bearbeiten', rollen: bearbeitende },
}, resolveReichweite, { verdeckung: { lesen: 'eingang.lesen', spalten: { betreff: 'betreff', absender: 'leer', bemerkung: 'null', zurueckweisungsgrund: 'null', fremdes_geschaeftszeichen: 'null', dateiname: 'leer', suchtext: 'leer' } } });

export const rechtnamen = {
  'eingang.sehen': 'Eingänge: sehen', 'eingang.lesen': 'Eingänge: lesen', 'eingang.anlegen': 'Eingänge: aufnehmen', 'eingang.bearbeiten': 'Eingänge: bearbeiten', 'eingang.ablegen': 'Eingänge: ablegen', 'eingang.zurueckweisen': 'Eingänge: zurückweisen', 'posteingang.verwalten': 'Posteingang: verwalten',
};
