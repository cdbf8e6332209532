import { katalog, mehrzahl } from '#platform/web/text.ts';

export const t = katalog({
  glocke: ['Benachrichtigungen', 'Notifications'],
  ungelesen: [(n: number) => mehrzahl(n, 'ungelesene Benachrichtigung', 'ungelesene Benachrichtigungen'), (n: number) => mehrzahl(n, 'unread notification', 'unread notifications')],
  alleGelesen: ['Alle als gelesen vermerken', 'Mark all as read'],
  leer: ['Hier steht, was sich bei Ihren Vorgängen tut. Zurzeit gibt es nichts Neues.', 'News about your work appears here. There is none at the moment.'],
  nurUngelesene: ['Ungelesene', 'Unread'],
  alle: ['Alle', 'All'],
  einstellungen: ['Worüber Sie benachrichtigt werden', 'What you are notified about'],
  anlass: ['Anlass', 'Reason'],
  weg: ['Weg', 'Channel'],
  nicht: ['nicht', 'not at all'],
  postfach: ['an der Glocke', 'at the bell'],
  sofort: ['Glocke und sofort per E-Mail', 'bell and e-mail at once'],
  taeglich: ['Glocke und einmal täglich per E-Mail', 'bell and one e-mail a day'],
  ohneAdresse: ['Für Sie ist keine E-Mail-Adresse hinterlegt; E-Mails gehen erst dann hinaus.', 'There is no e-mail address for you yet; e-mails are sent once there is.'],
  mailInhalt: ['Die E-Mails enthalten einen Link und nie den Inhalt eines Dokuments.', 'The e-mails carry a link and never the content of a document.'],
  gespeichert: ['Gespeichert', 'Saved'],
});
