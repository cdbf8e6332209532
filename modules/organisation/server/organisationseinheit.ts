import { defineErrors } from '#platform/server/errors.ts';

export const OrganisationseinheitErrors = defineErrors('organisationseinheit', {
  kennzeichen_vergeben: { status: 409, title: 'Dieses Kennzeichen trägt schon eine andere Organisationseinheit', constraint: 'organisationseinheit_kennzeichen_vergeben' },
  unter_sich_selbst: { status: 409, title: 'Eine Organisationseinheit kann nicht unter sich selbst liegen' },
  hat_untere: { status: 409, title: 'Darunter liegen noch Organisationseinheiten, die länger gelten; verschieben oder beenden Sie diese zuerst' },
  obere_endet: { status: 409, title: 'Die obere Organisationseinheit endet früher; wählen Sie eine andere oder ein früheres Ende' },
  gueltigkeit_verkehrt: { status: 422, title: 'Das Ende der Gültigkeit liegt vor ihrem Anfang' },
});
