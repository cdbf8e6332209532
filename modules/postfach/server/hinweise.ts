import type { Mailbefund, Signatur } from '#modules/aufbereitung/server/index.ts';
import type { Hinweis, Mailbericht, Signaturbericht } from '../contract.ts';

/** What a mail says of itself, judged: pure rules. Nothing here is proof; each sentence says what was seen. */

type Adresse = { name: string; adresse: string };
export type Kopfdaten = { von: readonly Adresse[]; antwortAn: readonly Adresse[]; befund?: Mailbefund };
export type Regeln = { eigeneDomaenen: readonly string[]; vertrauteServer: readonly string[] };

const domaene = (adresse: string) => adresse.slice(adresse.lastIndexOf('@') + 1).toLowerCase();
/** mail.firma.de and firma.de are one house: the last two labels. */
const haus = (adresse: string) => domaene(adresse).split('.').slice(-2).join('.');
const isEigen = (adresse: string, { eigeneDomaenen }: Regeln) => eigeneDomaenen.some((d) => { const e = d.toLowerCase(); return domaene(adresse) === e || domaene(adresse).endsWith(`.${e}`); });

type Pruefung = { server: string; auth?: string; spf?: string; dkim?: string; dmarc?: string };
/** The topmost result that a server wrote whom we trust: others may have been written by the sender. */
export function readAuthentifizierung(zeilen: readonly string[], { vertrauteServer }: Regeln): Pruefung | undefined {
  for (const zeile of zeilen) {
    const [kopf = '', ...rest] = zeile.split(';');
    const server = kopf.trim().split(/\s+/)[0]!.toLowerCase();
    if (!vertrauteServer.some((v) => v.toLowerCase() === server)) continue;
    const wert = (methode: string) => rest.map((r) => new RegExp(`^\\s*${methode}\\s*=\\s*([a-z]+)`, 'i').exec(r)?.[1]?.toLowerCase()).find(Boolean);
    const [auth, spf, dkim, dmarc] = [wert('auth'), wert('spf'), wert('dkim'), wert('dmarc')];
    return { server, ...(auth && { auth }), ...(spf && { spf }), ...(dkim && { dkim }), ...(dmarc && { dmarc }) };
  }
  return undefined;
}
const gescheitert = (p: Pruefung | undefined) => p !== undefined && p.auth !== 'pass' && (p.dmarc === 'fail' || (p.dmarc === undefined && p.dkim !== 'pass' && (p.spf === 'fail' || p.dkim === 'fail')));
const bestanden = (p: Pruefung | undefined) => p !== undefined && (p.auth === 'pass' || p.dmarc === 'pass' || p.dkim === 'pass' || p.spf === 'pass');

/** Reason enough not to do anything by itself with it. */
export function isVerdaechtig(mail: Kopfdaten, regeln: Regeln): boolean {
  return readHinweise(mail, regeln).some((h) => h.ton === 'gefahr');
}

export function readHinweise({ von, antwortAn, befund }: Kopfdaten, regeln: Regeln): Hinweis[] {
  const hinweise: Hinweis[] = [];
  const [absender] = von;
  if (!absender || !befund) return hinweise;
  const pruefung = readAuthentifizierung(befund.authentifizierung, regeln);
  const imNamen = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(absender.name)?.[0]?.toLowerCase();
  if (von.length > 1) hinweise.push({ code: 'mehrere_absender', ton: 'warnung', text: `Die Nachricht nennt ${von.length} Absender.` });
  if (imNamen && imNamen !== absender.adresse.toLowerCase()) {
    hinweise.push({ code: 'name_ist_adresse', ton: isEigen(imNamen, regeln) || haus(imNamen) !== haus(absender.adresse) ? 'gefahr' : 'warnung', text: `Der angezeigte Name sieht aus wie die Adresse ${imNamen}; gesendet hat aber ${absender.adresse}.` });
  }
  if (isEigen(absender.adresse, regeln) && !bestanden(pruefung)) hinweise.push({ code: 'eigene_adresse', ton: regeln.vertrauteServer.length ? 'gefahr' : 'warnung', text: `Die Nachricht gibt sich als eigene Adresse aus (${absender.adresse}); dass sie wirklich von hier kommt, ist nicht belegt.` });
  if (gescheitert(pruefung)) hinweise.push({ code: 'pruefung_gescheitert', ton: 'gefahr', text: `Der Mailserver ${pruefung!.server} hat geprüft: Der Absender ist nicht echt oder nicht belegt (${ergebnisse(pruefung!)}).` });
  else if (bestanden(pruefung)) hinweise.push({ code: 'pruefung_bestanden', ton: 'gut', text: `Der Mailserver ${pruefung!.server} hat geprüft: Die Nachricht kommt von ${domaene(absender.adresse)} (${ergebnisse(pruefung!)}).` });
  const andere = antwortAn.filter((a) => a.adresse.includes('@') && haus(a.adresse) !== haus(absender.adresse));
  if (andere.length) hinweise.push({ code: 'antwort_woanders', ton: 'warnung', text: `Eine Antwort ginge an ${andere[0]!.adresse}, nicht an den Absender ${absender.adresse}.` });
  if (befund.rueckweg?.includes('@') && haus(befund.rueckweg) !== haus(absender.adresse) && befund.automatik === null) hinweise.push({ code: 'rueckweg_woanders', ton: 'info', text: `Versendet wurde sie über ${domaene(befund.rueckweg)}, nicht über ${domaene(absender.adresse)}. Das tun auch Versanddienste.` });
  return hinweise;
}
const ergebnisse = ({ auth, spf, dkim, dmarc }: Pruefung) => [['Anmeldung', auth], ['SPF', spf], ['DKIM', dkim], ['DMARC', dmarc]].filter(([, wert]) => wert).map(([name, wert]) => `${name}: ${wert === 'pass' ? 'bestanden' : wert === 'fail' ? 'nicht bestanden' : wert === 'none' ? 'keine Angabe' : wert}`).join(', ');

const tag = (zeit: string | null) => (zeit ? new Date(zeit).toLocaleDateString('de-DE', { day: '2-digit', month: '2-digit', year: 'numeric' }) : '');
/** One signature in words: what is proved by it, and what is not. */
export function describeSignatur(s: Signatur): Signaturbericht {
  if (s.art === 'pgp') return { ton: 'info', titel: 'Mit PGP unterschrieben', zeilen: ['Ob die Unterschrift stimmt, kann hier nicht geprüft werden.'] };
  if (s.ergebnis === 'nicht_pruefbar') return { ton: 'warnung', titel: 'Die elektronische Unterschrift lässt sich nicht prüfen', zeilen: ['Sie ist beschädigt oder mit einem unbekannten Verfahren gemacht.', ...werVon(s)] };
  if (s.ergebnis === 'veraendert') return { ton: 'gefahr', titel: 'Die Nachricht wurde nach dem Unterschreiben verändert', zeilen: ['Inhalt und elektronische Unterschrift (S/MIME) passen nicht zusammen.', ...werVon(s)] };
  const kette = {
    vertrauenswuerdig: undefined, unbekannter_aussteller: `Der Aussteller ${s.aussteller ?? ''} ist hier nicht als vertrauenswürdig bekannt: Wer unterschrieben hat, ist damit nicht belegt.`.replace('  ', ' '),
    selbst_signiert: 'Das Zertifikat hat sich der Absender selbst ausgestellt: Wer unterschrieben hat, ist damit nicht belegt.', abgelaufen: `Das Zertifikat galt nur vom ${tag(s.gueltigVon)} bis ${tag(s.gueltigBis)}.`,
  }[s.kette ?? 'unbekannter_aussteller'];
  const fremd = s.adressePasst === false ? `Das Zertifikat gilt für ${s.adressen.join(', ')}, nicht für die Adresse des Absenders.` : undefined;
  const alt = s.verfahrenAlt ? 'Das Verfahren (SHA-1 oder MD5) gilt als unsicher: Eine solche Unterschrift ließe sich fälschen.' : undefined;
  const bedenken = [kette, fremd, alt].filter((w) => w !== undefined);
  return { ton: fremd ? 'gefahr' : bedenken.length ? 'warnung' : 'gut', titel: 'Elektronisch unterschrieben (S/MIME); seitdem nicht verändert', zeilen: [...bedenken, ...werVon(s)] };
}
function werVon(s: Signatur): string[] {
  const wer = [s.name, s.organisation, s.adressen.filter((a) => a !== s.name?.toLowerCase()).join(', ')].filter(Boolean).join(', ');
  return [...(wer ? [`Unterschrieben von: ${wer}`] : []), ...(s.aussteller ? [`Zertifikat von: ${s.aussteller}, gültig ${tag(s.gueltigVon)} bis ${tag(s.gueltigBis)}`] : []), ...(s.zeit ? [`Nach eigener Angabe am ${tag(s.zeit)}`] : []), ...(s.ergebnis === 'gueltig' ? ['Ob das Zertifikat inzwischen gesperrt wurde, wird nicht abgefragt.'] : [])];
}

const automatiktexte: Record<NonNullable<Mailbefund['automatik']>, string> = {
  unzustellbar: 'Unzustellbarkeitsmeldung', zustellbericht: 'Zustellbericht', lesebestaetigung: 'Lesebestätigung', abwesenheit: 'Automatische Antwort', automatisch: 'Von einem Programm verschickt', rundschreiben: 'Rundschreiben oder Verteilerliste',
};
const aktionen: Record<string, string> = { failed: 'nicht zugestellt', delayed: 'verzögert', relayed: 'weitergegeben', expanded: 'an einen Verteiler' };

export function createBericht(mail: Kopfdaten, regeln: Regeln): Mailbericht {
  const { befund } = mail;
  if (!befund) return { automatik: null, unzustellbar: [], verschluesselt: null, hinweise: [], signaturen: [] };
  return {
    automatik: befund.automatik && automatiktexte[befund.automatik],
    unzustellbar: befund.unzustellbar.map((u) => ({ adresse: u.adresse, text: [aktionen[u.aktion] ?? u.aktion, u.grund || u.status].filter(Boolean).join(': ') })),
    verschluesselt: befund.verschluesselung && `Die Nachricht ist verschlüsselt (${befund.verschluesselung === 'pgp' ? 'PGP' : 'S/MIME'}). Ihr Inhalt lässt sich hier nicht lesen und nicht suchen: Der Empfänger kann sie in seinem Mailprogramm öffnen und entschlüsselt ablegen.`,
    hinweise: readHinweise(mail, regeln), signaturen: befund.signaturen.map(describeSignatur),
  };
}
