import type { DemoSchreiben } from './faelle.ts';
import type { Kontext } from './namen.ts';
import type { DemoMandant } from './verbund.ts';
import { langesDatum } from './zufall.ts';

/** One letter as it will be printed, mailed or typed. */
export type Brief = {
  kopf: readonly string[]; empfaenger: readonly string[]; ortDatum: string; zeichen: readonly string[]; betreff: string; anrede: string;
  absaetze: readonly string[]; tabelle: readonly (readonly [string, string])[]; gruss: readonly string[];
  absenderName: string; empfaengerName: string; absenderMail: string; empfaengerMail: string;
};

const klein = (name: string) => name.toLowerCase().normalize('NFD').replace(/[^a-z ]/g, '').trim().split(' ').filter((wort) => !['gmbh', 'kg', 'ag', 'co', ''].includes(wort)).slice(-1)[0] || 'info';

/** `zeichen`: the Aktenzeichen the letter names; on letters from outside only where the sender knows it. */
export function createBrief(schreiben: DemoSchreiben, k: Kontext, mandant: DemoMandant, { tag, zeichen, amt, sachbearbeitung }: { tag: string; zeichen: string | undefined; amt: string; sachbearbeitung: string }): Brief {
  const name = { person: k.person, firma: k.firma, firma2: k.firma2, amt: k.person }[schreiben.wer];
  const mail = schreiben.wer === 'person' ? `${klein(k.person)}@post.example` : `kontakt@${klein(name)}.example`;
  const draussen = [name, k.strasse, `${k.plz} ${k.ort}`];
  const drinnen = [mandant.name, amt, mandant.strasse, `${mandant.plz} ${mandant.ort}`];
  const amtMail = `${klein(amt)}@${mandant.domain}`;
  const absaetze = schreiben.absaetze.map((t) => t(k));
  const tabelle = (schreiben.tabelle ?? []).map(([a, b]) => [a(k), b(k)] as const);
  const anrede = schreiben.wer === 'person' ? k.anrede : 'Sehr geehrte Damen und Herren';
  const common = { betreff: schreiben.betreff(k), absaetze, tabelle };
  if (schreiben.art === 'ausgang') return {
    ...common, kopf: [mandant.name, amt, `Auskunft: ${sachbearbeitung}`, `Telefon ${mandant.vorwahl}-${k.z.int(1000, 2999)}`], empfaenger: draussen, ortDatum: `${mandant.ort}, den ${langesDatum(tag)}`,
    zeichen: [...(zeichen ? [`Unser Zeichen: ${zeichen}`] : []), ...(k.z.chance(0.4) ? [`Ihr Zeichen: ${k.fremdesZeichen}`] : [])], anrede: `${anrede},`, gruss: ['Mit freundlichen Grüßen', 'Im Auftrag', sachbearbeitung],
    absenderName: mandant.name, empfaengerName: name, absenderMail: amtMail, empfaengerMail: mail,
  };
  if (schreiben.art === 'intern') return {
    ...common, kopf: [mandant.name, amt], empfaenger: [], ortDatum: langesDatum(tag), zeichen: zeichen ? [`Zeichen: ${zeichen}`] : [], anrede: '', gruss: [sachbearbeitung],
    absenderName: sachbearbeitung, empfaengerName: amt, absenderMail: amtMail, empfaengerMail: amtMail,
  };
  return {
    ...common, kopf: draussen, empfaenger: drinnen, ortDatum: `${k.ort}, den ${langesDatum(tag)}`, zeichen: [...(zeichen ? [`Ihr Zeichen: ${zeichen}`] : []), ...(schreiben.wer === 'person' ? [] : [`Unser Zeichen: ${k.fremdesZeichen}`])],
    anrede: 'Sehr geehrte Damen und Herren,', gruss: ['Mit freundlichen Grüßen', name], absenderName: name, empfaengerName: mandant.name, absenderMail: mail, empfaengerMail: amtMail,
  };
}

export const textOf = (b: Brief): string =>
  [...b.kopf, '', ...b.empfaenger, '', b.ortDatum, ...b.zeichen, '', b.betreff, '', b.anrede, '', ...b.absaetze.flatMap((a) => [a, '']), ...b.tabelle.map(([l, r]) => `${l}: ${r}`), '', ...b.gruss].join('\n').replace(/\n{3,}/g, '\n\n').trim() + '\n';
