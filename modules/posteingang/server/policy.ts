import { sql, type ExpressionBuilder } from 'kysely';
import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import type { Akteur } from '#platform/server/context.ts';
import { definePolicy } from '#platform/server/policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const lesende = ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur'];
const bearbeitende = ['sachbearbeitung', 'leitung', 'poststelle', 'registratur'];
export type EingangRecht = 'eingang.sehen' | 'eingang.lesen' | 'eingang.anlegen' | 'eingang.verteilen' | 'eingang.bearbeiten' | 'eingang.ablegen' | 'eingang.zurueckweisen';

/** PE-05: what may not be opened centrally is opened by the OE named alone, and by nobody as long as it waits to be distributed. */
const unverschlossen = { where: (eb: ExpressionBuilder<PosteingangTables, 'posteingang.eingang'>, akteur: Akteur) => eb.or([
  eb('posteingang.eingang.verschlossen', 'is', null),
  eb.and([eb('posteingang.eingang.status', '<>', 'erfasst'), sql<boolean>`posteingang.eingang.organisationseinheit_id = any(${[...akteur.organisationseinheiten]}::uuid[])`]),
]) };

export const eingangPolicy = definePolicy<PosteingangTables, 'posteingang.eingang', EingangRecht>('posteingang.eingang', 'Eingang', {
  'eingang.sehen': { stufe: 'sehen', rollen: lesende },
  'eingang.lesen': { stufe: 'lesen', rollen: lesende, ...unverschlossen },
  'eingang.anlegen': { stufe: 'bearbeiten', rollen: bearbeitende },
  // Passing on does not open: also what is not to be opened is distributed by the Poststelle.
  'eingang.verteilen': { stufe: 'bearbeiten', rollen: bearbeitende },
  'eingang.bearbeiten': { stufe: 'bearbeiten', rollen: bearbeitende, ...unverschlossen },
  // What it needs in the Akte (vorgang.anlegen, dokument.anlegen …) is asked there.
  'eingang.ablegen': { stufe: 'bearbeiten', rollen: bearbeitende, ...unverschlossen },
  'eingang.zurueckweisen': { stufe: 'bearbeiten', rollen: bearbeitende, ...unverschlossen },
}, resolveReichweite, { verdeckung: { lesen: 'eingang.lesen', spalten: { betreff: 'betreff', absender: 'leer', bemerkung: 'null', zurueckweisungsgrund: 'null', weiterleitungsgrund: 'null', empfaenger: 'null', fremdes_geschaeftszeichen: 'null', dateiname: 'leer', suchtext: 'leer', dokumenttyp: 'null', frist: 'null', betrag: 'null' } } });

export const rechtnamen = {
  'eingang.sehen': 'Eingänge: sehen', 'eingang.lesen': 'Eingänge: lesen', 'eingang.anlegen': 'Eingänge: aufnehmen', 'eingang.verteilen': 'Eingänge: verteilen und weitergeben', 'eingang.bearbeiten': 'Eingänge: bearbeiten', 'eingang.ablegen': 'Eingänge: ablegen', 'eingang.zurueckweisen': 'Eingänge: zurückweisen', 'posteingang.verwalten': 'Posteingang: verwalten', 'posteingang.pruefen': 'Posteingang: Bilanz prüfen', 'posteingang.vernichten': 'Posteingang: Inhalte nach Frist vernichten',
};
