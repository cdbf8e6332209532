import { defineErrors } from '#platform/server/errors.ts';

export const AkteErrors = defineErrors('akte', {
  aktenzeichen_vergeben: { status: 409, title: 'Das Aktenzeichen ist bereits vergeben', constraint: 'akte_aktenzeichen_eindeutig' },
  geschlossen: { status: 409, title: 'Die Akte ist geschlossen. Zum Ändern muss sie wiedereröffnet werden' },
  uebergang_unzulaessig: { status: 409, title: 'Dieser Wechsel des Status ist nicht vorgesehen' },
  nicht_abschliessbar: { status: 409, title: 'Die Akte kann noch nicht geschlossen werden' },
  nicht_wiedereroeffenbar: { status: 409, title: 'Die Akte kann nicht wiedereröffnet werden' },
  nicht_stornierbar: { status: 409, title: 'Die Akte kann nicht storniert werden' },
  storniert: { status: 409, title: 'Die Akte ist storniert' },
  nicht_storniert: { status: 409, title: 'Die Akte ist nicht storniert' },
  oben_storniert: { status: 409, title: 'Die übergeordnete Akte ist storniert' },
  standort_fehlt: { status: 422, title: 'Für hybride Akten und Papierakten ist der Standort anzugeben', constraint: 'akte_standort_fehlt' },
  aktenplaneinheit_fehlt: { status: 422, title: 'Bitte eine Aktenplaneinheit angeben' },
  federfuehrung_fehlt: { status: 422, title: 'Bitte die federführende Organisationseinheit angeben' },
  begruendung_fehlt: { status: 422, title: 'Wer von den Vorgaben des Aktenplans abweicht, muss das begründen' },
  zu_tief: { status: 409, title: 'Die Gliederung würde zu tief' },
  in_sich: { status: 409, title: 'Eine Akte kann nicht in sich selbst verschoben werden' },
  ort_unveraendert: { status: 409, title: 'Die Akte liegt bereits dort' },
});

export const VorgangErrors = defineErrors('vorgang', {
  geschlossen: { status: 409, title: 'Der Vorgang ist geschlossen. Zum Ändern muss er wiedereröffnet werden' },
  uebergang_unzulaessig: { status: 409, title: 'Dieser Wechsel des Status ist nicht vorgesehen' },
  nicht_abschliessbar: { status: 409, title: 'Der Vorgang kann noch nicht geschlossen werden' },
  nicht_wiedereroeffenbar: { status: 409, title: 'Der Vorgang kann nicht wiedereröffnet werden' },
  nicht_stornierbar: { status: 409, title: 'Der Vorgang kann nicht storniert werden' },
  storniert: { status: 409, title: 'Der Vorgang ist storniert' },
  nicht_storniert: { status: 409, title: 'Der Vorgang ist nicht storniert' },
  oben_storniert: { status: 409, title: 'Die Akte oder der übergeordnete Vorgang ist storniert' },
  standort_fehlt: { status: 422, title: 'Für hybride Vorgänge und Papiervorgänge ist der Standort anzugeben', constraint: 'vorgang_standort_fehlt' },
  in_sich: { status: 409, title: 'Ein Vorgang kann nicht in sich selbst verschoben werden' },
  ort_unveraendert: { status: 409, title: 'Der Vorgang liegt bereits dort' },
});

export const DokumentErrors = defineErrors('dokument', {
  pflichtangaben_fehlen: { status: 422, title: 'Pflichtangaben fehlen' },
  finalisiert: { status: 409, title: 'Das Dokument ist finalisiert. Sein Inhalt kann nur durch eine neue Fassung ersetzt werden' },
  nicht_finalisiert: { status: 409, title: 'Das Dokument ist nicht finalisiert' },
  entwurf: { status: 409, title: 'Ein Entwurf kann nicht finalisiert werden' },
  version_abgeschlossen: { status: 409, title: 'Die Fassung ist abgeschlossen und kann nicht mehr geändert werden', constraint: 'version_abgeschlossen' },
  ohne_fassung: { status: 409, title: 'Das Dokument hat noch keine Fassung' },
  storniert: { status: 409, title: 'Das Dokument ist storniert' },
  nicht_storniert: { status: 409, title: 'Das Dokument ist nicht storniert' },
  oben_storniert: { status: 409, title: 'Das Dokument, zu dem es gehört, ist storniert. Bitte dessen Storno zurücknehmen' },
  standort_fehlt: { status: 422, title: 'Für Dokumente auf Papier ist der Standort anzugeben', constraint: 'dokument_standort_fehlt' },
  in_sich: { status: 409, title: 'Ein Dokument kann nicht in sich selbst verschoben werden' },
  ort_unveraendert: { status: 409, title: 'Das Dokument liegt bereits dort' },
  signatur_unbekannt: { status: 422, title: 'Die signierte Datei steht nicht in dieser Fassung' },
});

export const SchriftgutErrors = defineErrors('schriftgut', {
  feld_unbekannt: { status: 422, title: 'Dieses Feld gibt es nicht' },
  feld_ungueltig: { status: 422, title: 'Der Wert passt nicht zum Feld' },
  schluessel_vergeben: { status: 409, title: 'Ein Feld mit diesem Schlüssel gibt es bereits', constraint: 'erweiterungsfeld_schluessel_eindeutig' },
  grad_zu_hoch: { status: 422, title: 'Verschlusssachen ab VS-VERTRAULICH nimmt die Verbundakte nicht auf; zulässig ist höchstens VS-NfD' },
  einstufung_ohne_schutz: { status: 409, title: 'Als VS-NfD lässt sich nur einstufen, was in einem Schutzbereich der Klasse VS-NfD steht; setzen Sie zuerst den eigenen Schutzbereich dieser Klasse' },
  schutz_schon_eigen: { status: 409, title: 'Das Objekt hat bereits einen eigenen Schutzbereich' },
  schutz_nicht_eigen: { status: 409, title: 'Das Objekt hat keinen eigenen Schutzbereich' },
  unbekannte_stelle: { status: 422, title: 'Diese Organisationseinheit gibt es nicht' },
  sache_des_eigners: { status: 409, title: 'Federführung, Bearbeitung, Geheimhaltung und Aufbewahrung legt die federführende Verwaltung fest' },
  unbekannte_person: { status: 422, title: 'Diese Person gibt es nicht' },
});
