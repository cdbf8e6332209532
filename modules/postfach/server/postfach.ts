import { defineErrors } from '#platform/server/errors.ts';
import type { Fehlercode } from '../contract.ts';

export const PostfachErrors = defineErrors('postfach', {
  zugang_vergeben: { status: 409, title: 'Dieses Postfach ist schon eingerichtet', constraint: 'postfach_zugang_vergeben' },
  kein_empfang: { status: 422, title: 'Die Betreuung hat den Empfang von E-Mails an Akten nicht eingerichtet (siehe Betriebshandbuch, E-Mail)' },
  ordner_gleich: { status: 422, title: 'Die Ordner für Verarbeitetes und Fehler müssen andere sein als der Posteingang', constraint: 'postfach_ordner_verschieden' },
  kennwort_noetig: { status: 422, title: 'Für einen anderen Rechner, Port oder Benutzernamen bitte das Kennwort neu angeben: Das gespeicherte wird nur dorthin gesendet, wofür es eingegeben wurde' },
});

const fehlertexte: Record<Fehlercode, string> = {
  nicht_erreichbar: 'Der Rechner ist nicht erreichbar. Bitte Name und Port prüfen, und ob eine Firewall dazwischensteht.',
  antwortet_nicht: 'Der Server nimmt die Verbindung an, antwortet aber nicht. Bitte prüfen, ob dort IMAP läuft und ob Port und Verschlüsselung zusammenpassen (meist 993 mit TLS, 143 mit STARTTLS).',
  zertifikat: 'Dem Zertifikat des Servers wird nicht vertraut. Bitte den Namen des Rechners prüfen; einer eigenen Zertifizierungsstelle muss dieser Server vertrauen (siehe Betriebshandbuch, E-Mail).',
  kein_tls: 'Der Server bietet die verlangte Verschlüsselung nicht an.',
  anmeldung: 'Der Server hat die Anmeldung abgelehnt. Bitte Benutzernamen und Kennwort prüfen.',
  ordner: 'Ein Ordner fehlt und lässt sich nicht anlegen, oder Nachrichten lassen sich nicht dorthin verschieben. Bitte die Namen der Ordner und die Rechte im Postfach prüfen.',
  getrennt: 'Die Verbindung ist mittendrin abgebrochen. Es geht nichts verloren; der nächste Abruf setzt fort.',
  kennwort_verloren: 'Das gespeicherte Kennwort lässt sich nicht mehr öffnen, weil sein Schlüssel fehlt. Bitte das Kennwort neu eingeben.',
  unerwartet: 'Der Abruf ist unerwartet gescheitert. Der nächste Versuch folgt von selbst; bleibt es dabei, hilft das Protokoll des Servers weiter.',
};
export const fehlertext = (code: string) => fehlertexte[code as Fehlercode] ?? fehlertexte.unerwartet;

/** After failures not every minute: a server that hangs shall not keep a place of the worker busy. */
export const wartezeit = (folge: number): number => Math.min(15, 2 ** Math.max(0, folge - 1)) * 60;

/** What is written beside the head of a message that did not come whole. */
export function unvollstaendig(grund: 'zu_gross' | 'nicht_abholbar', { groesse, grenze, ordner, postfach }: { groesse: number; grenze: number; ordner: string; postfach: string }): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toLocaleString('de-DE', { maximumFractionDigits: 1 })} MB`;
  const wo = `Hier liegt nur ihr Kopf. Die ganze Nachricht liegt im Postfach „${postfach}“ im Ordner „${ordner}“.`;
  return grund === 'zu_gross'
    ? `Die Nachricht ist mit ${mb(groesse)} größer als die Grenze von ${mb(grenze)}. ${wo} Bitte die Anlagen dort speichern und hier hochladen, oder den Absender um einen anderen Weg bitten.`
    : `Der Mailserver gibt die Nachricht nicht heraus (dreimal versucht). ${wo} Bitte sie mit einem Mailprogramm öffnen und hier hochladen.`;
}
