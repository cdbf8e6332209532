import { defineErrors } from '#platform/server/errors.ts';

export const BenutzerErrors = defineErrors('benutzer', {
  anmeldename_vergeben: { status: 409, title: 'Dieser Anmeldename ist vergeben', constraint: 'konto_anmeldename_vergeben' },
  schon_vorhanden: { status: 409, title: 'Diese Person hat hier schon einen Zugang', constraint: 'benutzer_konto_vergeben' },
  konto_unbekannt: { status: 422, title: 'Ein Konto mit diesem Anmeldenamen gibt es nicht' },
  fremdes_konto: { status: 409, title: 'Das Konto gehört einer anderen Verwaltung; nur sie kann das Kennwort zurücksetzen' },
  selbst: { status: 409, title: 'Das können Sie nicht bei sich selbst; bitte jemand anderen darum' },
  unbekannte_rolle: { status: 422, title: 'Diese Rolle gibt es hier nicht', constraint: 'benutzer_rolle_rolle' },
  unbekannte_einheit: { status: 422, title: 'Diese Organisationseinheit gibt es hier nicht', constraint: 'zuordnung_einheit' },
  letzte_administration: { status: 409, title: 'Es muss jemand bleiben, der diese Verwaltung administriert' },
});

/** Two spellings of a login name that look alike are the same name. */
export const loginKey = (anmeldename: string) => anmeldename.normalize('NFKC').trim().toLowerCase();
