import { api as ablage } from '#modules/ablage/contract.ts';
import { api as posteingang, type Kanal } from '#modules/posteingang/contract.ts';
import { api as scanstelle } from '#modules/scanstelle/contract.ts';
import type { Fall, Ort } from './akten.ts';
import { createBrief, type Brief } from './brief.ts';
import { createDatei, createFax, createScan, type DemoDatei } from './dateien.ts';
import { fallarten, type DemoSchreiben } from './faelle.ts';
import { createKontext } from './namen.ts';
import { tagVor, type Zufall } from './zufall.ts';

/**
 * What lies in the baskets. `bezug`: what the letter says of where it belongs: our sign of the Akte or of its Vorgang, only the sender's own, or nothing.
 * `roh`: nobody has written down yet whom it is from. `dann`: what has happened to it since.
 */
type Post = { bezug: 'akte' | 'vorgang' | 'fremd' | 'neu'; format: 'scan' | 'fax' | 'pdf' | 'eml' | 'docx'; tage: number; roh?: true; dann?: 'weiter' | 'abgelegt' | 'werbung' | 'nochmal'; korb?: 'poststelle' };
/** In the order it should be there when there are only a few; filed in the order of days. */
const post: readonly Post[] = [
  { bezug: 'akte', format: 'scan', tage: 0 }, { bezug: 'vorgang', format: 'eml', tage: 0 }, { bezug: 'neu', format: 'pdf', tage: 1, dann: 'weiter' }, { bezug: 'fremd', format: 'pdf', tage: 0 },
  { bezug: 'neu', format: 'scan', tage: 0, roh: true, korb: 'poststelle' }, { bezug: 'akte', format: 'eml', tage: 1 }, { bezug: 'vorgang', format: 'pdf', tage: 2, dann: 'abgelegt' }, { bezug: 'akte', format: 'fax', tage: 1 },
  { bezug: 'neu', format: 'eml', tage: 0 }, { bezug: 'akte', format: 'pdf', tage: 0, dann: 'nochmal' }, { bezug: 'neu', format: 'eml', tage: 2, dann: 'werbung', korb: 'poststelle' }, { bezug: 'vorgang', format: 'docx', tage: 1 },
  { bezug: 'neu', format: 'eml', tage: 0, korb: 'poststelle' }, { bezug: 'akte', format: 'scan', tage: 3, dann: 'weiter' }, { bezug: 'fremd', format: 'eml', tage: 2 }, { bezug: 'akte', format: 'pdf', tage: 5 },
  { bezug: 'neu', format: 'pdf', tage: 0, korb: 'poststelle' }, { bezug: 'vorgang', format: 'eml', tage: 1 }, { bezug: 'neu', format: 'eml', tage: 3 }, { bezug: 'akte', format: 'docx', tage: 4, dann: 'abgelegt' },
  { bezug: 'fremd', format: 'pdf', tage: 1 }, { bezug: 'vorgang', format: 'pdf', tage: 0 }, { bezug: 'neu', format: 'pdf', tage: 8, dann: 'weiter' }, { bezug: 'akte', format: 'eml', tage: 0 },
];
const kanaele: Record<Post['format'], Kanal> = { scan: 'papier', fax: 'fax', pdf: 'upload', eml: 'e_mail', docx: 'upload' };

const s = (wer: DemoSchreiben['wer'], betreff: string, ...absaetze: string[]): DemoSchreiben => ({ art: 'eingang', format: 'pdf', wer, betreff: () => betreff, absaetze: absaetze.map((a) => () => a) });
/** What people go on writing in a case that is open. */
const nachtraege: readonly DemoSchreiben[] = [
  s('person', 'Bitte um Auskunft zum Sachstand', 'seit vier Wochen habe ich in meiner Sache nichts gehört. Bitte teilen Sie mir mit, wie weit die Bearbeitung ist und ob Sie noch Unterlagen von mir brauchen.', 'Für eine kurze Rückmeldung wäre ich dankbar, gern auch am Telefon.'),
  s('person', 'Nachgereichte Unterlagen', 'wie von Ihnen verlangt, sende ich die noch fehlenden Nachweise. Das Original der Vollmacht lege ich auf Wunsch im Kreishaus vor.', 'Ich gehe davon aus, dass mein Antrag damit vollständig ist.'),
  s('person', 'Bitte um Fristverlängerung', 'leider kann ich die gesetzte Frist wegen eines Krankenhausaufenthaltes nicht einhalten. Ich bitte um Verlängerung um drei Wochen.'),
  s('firma', 'Vertretungsanzeige und Akteneinsicht', 'wir zeigen an, dass wir den Beteiligten in dieser Angelegenheit anwaltlich vertreten. Eine Vollmacht wird versichert.', 'Wir beantragen Einsicht in die vollständige Verwaltungsakte und bitten, bis dahin von einer Entscheidung abzusehen.'),
  s('firma', 'Terminbestätigung Ortstermin', 'den vorgeschlagenen Termin am Donnerstag um 9.30 Uhr können wir einrichten. Unser Bauleiter wird vor Ort sein und die Schlüssel mitbringen.', 'Bitte denken Sie an festes Schuhwerk, der Boden ist nach dem Regen aufgeweicht.'),
  s('firma', 'Stellungnahme und Berechnung', 'anbei erhalten Sie unsere ergänzte Berechnung. Die Anmerkungen aus Ihrem letzten Schreiben sind eingearbeitet und in der Spalte rechts gekennzeichnet.'),
];
const werbung = s('firma2', 'Jetzt 20 % Rabatt auf Tonerkartuschen', 'sichern Sie sich nur diesen Monat unsere Vorteilspreise für Behörden. Ab zehn Kartuschen liefern wir frei Haus.');

/** Weekends are days without post, except today. */
const werktagVor = (heute: string, tage: number) => {
  for (let n = tage; ; n++) { const tag = tagVor(heute, n); if (tage === 0 || ![0, 6].includes(new Date(`${tag}T12:00:00Z`).getUTCDay())) return tag; }
};
/** People spell our signs as they like. */
const schreibweise = (aktenzeichen: string, z: Zufall) => z.pick([aktenzeichen, aktenzeichen, aktenzeichen.replace('-', ' - '), aktenzeichen.replace('-', ' – ').replace('/', ' / ')]);

type Brieflage = { brief: Brief; oe: string; fall: Fall | undefined; tag: string };
function draftBrief(p: Post & { vorn?: boolean }, ort: Ort, faelle: readonly Fall[], z: Zufall): Brieflage {
  const tag = werktagVor(ort.heute, p.tage);
  // every second letter for the office that the console names first: its basket shall show what there is to see
  const vorn = (oe: string) => !p.vorn || oe === '63.1';
  const alle = faelle.filter((f) => p.bezug !== 'fremd' || f.fremdesZeichen);
  const passend = alle.some((f) => vorn(f.person.oe)) ? alle.filter((f) => vorn(f.person.oe)) : alle;
  const fall = p.bezug === 'neu' || !passend.length ? undefined : z.pick(passend);
  const art = fall?.art ?? z.pick(fallarten.filter((f) => vorn(f.oe)));
  const k = { ...(fall?.k ?? createKontext(z, ort.mandant.ort, ort.mandant.plz)), z };
  const eigene = art.vorgaenge.flatMap((v) => v.schreiben).filter((x) => x.art === 'eingang');
  const [nachtrag, erste] = [z.pick(nachtraege.filter((x) => p.bezug !== 'fremd' || x.wer === 'firma')), z.pick(eigene)];
  const schreiben = p.dann === 'werbung' ? werbung : fall ? nachtrag : erste;
  const person = fall?.person ?? ort.personen.get(art.oe) ?? ort.personen.get('63.1')!;
  const zeichen = fall && p.bezug !== 'fremd' ? schreibweise(p.bezug === 'vorgang' ? fall.vorgang : fall.aktenzeichen, z) : undefined;
  const brief = createBrief(schreiben, k, ort.mandant, { tag: tagVor(tag, z.int(0, 3)), zeichen, amt: ort.oes.get(person.oe)!.bezeichnung, sachbearbeitung: person.name });
  return { brief, oe: person.oe, fall, tag };
}

async function createPostDatei({ format }: Post, { brief, tag }: Brieflage, z: Zufall): Promise<DemoDatei> {
  const id = z.int(0x10000000, 0x7fffffff).toString(16);
  return format === 'fax' ? { bytes: await createFax(brief, z), dateiname: `Fax ${tag} ${id.slice(0, 4)}.tif`, mime: 'image/tiff' } : createDatei(format, brief, tag, id, z);
}

async function receive(p: Post, lage: Brieflage, datei: DemoDatei, ort: Ort) {
  const poststelle = ort.personen.get('poststelle')!;
  const kanal = kanaele[p.format];
  // an e-mail says itself whom it is from; of a scan left as it came the text will say it
  const bekannt = !p.roh && kanal !== 'e_mail';
  const korb = p.korb || p.dann === 'weiter' ? poststelle.oe : lage.oe;
  const { id: inhaltId } = await poststelle.upload(ablage.uploadInhalt, datei);
  const eingang = await poststelle.call(posteingang.createEingang, { body: {
    inhaltId, kanal, organisationseinheitId: ort.oes.get(korb)!.id as never, posteingangsdatum: lage.tag, ...(bekannt && { betreff: lage.brief.betreff, absender: lage.brief.absenderName, datumDesSchreibens: tagVor(lage.tag, 1) }),
  } });
  const params = { id: eingang.id };
  const bearbeitung = ort.personen.get(lage.oe)!;
  if (p.dann === 'weiter') await poststelle.call(posteingang.assignEingang, { params, body: { organisationseinheitId: ort.oes.get(lage.oe)!.id as never } });
  if (p.dann === 'werbung') await poststelle.call(posteingang.cancelEingang, { params, body: { grund: 'Werbung' } });
  if (p.dann === 'abgelegt' && lage.fall) await bearbeitung.call(posteingang.fileEingang, { params, body: { ziel: { art: 'vorgang', vorgangId: lage.fall.vorgangId }, absender: lage.brief.absenderName } });
}

/** Three letters of the morning in one go through the feeder: what the scan station has still to check. */
async function receiveStapel(ort: Ort, faelle: readonly Fall[], z: Zufall) {
  const poststelle = ort.personen.get('poststelle')!;
  const lagen = [0, 1, 2].map((i) => draftBrief({ bezug: i === 1 ? 'neu' : 'akte', format: 'scan', tage: 0 }, ort, faelle, z));
  const bytes = await createScan(lagen.map((l) => l.brief), z);
  const { id: inhaltId } = await poststelle.upload(ablage.uploadInhalt, { bytes, dateiname: `Stapel ${ort.heute}.pdf`, mime: 'application/pdf' });
  await poststelle.call(scanstelle.createStapel, { body: { inhaltIds: [inhaltId], station: 'Poststelle, Scanner 1' } });
}

/** The Eingänge of the last days, the oldest first. */
export async function createEingaenge(ort: Ort, faelle: readonly Fall[], z: Zufall, { anzahl, stapel }: { anzahl: number; stapel: boolean }) {
  for (const p of post.slice(0, anzahl).map((eines, i) => ({ ...eines, vorn: i % 2 === 0 })).toSorted((a, b) => b.tage - a.tage)) {
    const lage = draftBrief(p, ort, faelle, z);
    const datei = await createPostDatei(p, lage, z);
    await receive(p, lage, datei, ort);
    if (p.dann === 'nochmal') await receive(p, lage, datei, ort);
  }
  if (stapel) await receiveStapel(ort, faelle, z);
}
