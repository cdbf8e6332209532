import { defineErrors } from '#platform/server/errors.ts';
import type { Stapelstatus } from '../contract.ts';

export const ScanErrors = defineErrors('scanstelle', {
  datei_leer: { status: 422, title: 'Eine Datei ist leer; bitte prüfen, ob sie ganz übertragen wurde' },
  keine_scandatei: { status: 422, title: 'Bitte mindestens eine Scandatei wählen (PDF, TIFF, JPEG oder PNG)' },
  nicht_im_stand: { status: 409, title: 'Das geht in diesem Stand des Stapels nicht mehr' },
  seite_fremd: { status: 422, title: 'Eine der Seiten gehört nicht zu diesem Stapel' },
  brief_fremd: { status: 422, title: 'Der Brief gehört nicht zu diesem Stapel' },
  erster_brief: { status: 409, title: 'Davor liegt kein Brief, mit dem er sich verbinden lässt' },
  teilung_am_anfang: { status: 409, title: 'Mit dieser Seite beginnt schon ein Brief' },
  seite_nicht_da: { status: 409, title: 'Diese Seite ist keine Seite eines Briefes' },
  nicht_fertig: { status: 409, title: 'Der Stapel ist noch nicht fertig geprüft' },
  nicht_bereit: { status: 409, title: 'Die Briefe werden noch geschrieben; bitte gleich noch einmal' },
  kein_hindernis: { status: 409, title: 'Der Stapel weicht von nichts ab' },
  vier_augen: { status: 409, title: 'Wer gescannt hat, darf nach dem Profil dieses Stapels nicht übernehmen; bitte eine andere Person darum bitten' },
  kein_nachscan: { status: 409, title: 'Zum erneuten Scannen ist keine Seite vorgemerkt' },
  profil_aus: { status: 409, title: 'Dieses Scanprofil ist abgeschaltet' },
  bezeichnung_vergeben: { status: 409, title: 'Ein Scanprofil dieser Bezeichnung gibt es schon', constraint: 'profil_bezeichnung_vergeben' },
  ordner_vergeben: { status: 409, title: 'Diesen Ordner nutzt schon ein anderes Scanprofil', constraint: 'profil_ordner_vergeben' },
});

export const formatNummer = (jahr: number, lfdNr: number) => `ST ${jahr}-${String(lfdNr).padStart(5, '0')}`;
/** People can still change what is in it. */
export const isOffen = (status: Stapelstatus) => status !== 'uebernommen' && status !== 'verworfen';

export const MANIFEST = /\.stapel\.json$/i;
export const isManifest = (dateiname: string) => MANIFEST.test(dateiname);
const mimes: Record<string, string> = { pdf: 'application/pdf', tif: 'image/tiff', tiff: 'image/tiff', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' };
/** By the name alone; what the bytes are the converter says. */
export const scanmimeVon = (dateiname: string) => mimes[dateiname.split('.').at(-1)!.toLowerCase()];
