import { defineErrors } from '#platform/server/errors.ts';

export const OrganisationseinheitErrors = defineErrors('organisationseinheit', {
  kennzeichen_vergeben: { status: 409, title: 'Dieses Kennzeichen trägt schon eine andere Organisationseinheit', constraint: 'organisationseinheit_kennzeichen_vergeben' },
  unter_sich_selbst: { status: 409, title: 'Eine Organisationseinheit kann nicht unter sich selbst liegen' },
  gueltigkeit_verkehrt: { status: 422, title: 'Das Ende der Gültigkeit liegt vor ihrem Anfang' },
});
