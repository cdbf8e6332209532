import { api as ablage } from '#modules/ablage/contract.ts';
import { api as schriftgut, type AkteId, type VorgangId } from '#modules/schriftgut/contract.ts';
import { createBrief } from './brief.ts';
import { createDatei } from './dateien.ts';
import { fallarten, type DemoSchreiben, type Fallart } from './faelle.ts';
import { createKontext, type Kontext } from './namen.ts';
import type { Person } from './person.ts';
import type { DemoMandant } from './verbund.ts';
import { tagVor, type Zufall } from './zufall.ts';

/** Where the demo's cases are filed: units by Kennzeichen, OEs by Kennzeichen, the people of each OE. */
export type Ort = { mandant: DemoMandant; heute: string; einheiten: ReadonlyMap<string, string>; oes: ReadonlyMap<string, { id: string; bezeichnung: string }>; personen: ReadonlyMap<string, Person> };
/** A scan takes a third of a second to make and longer to read: some are enough. */
export type Vorrat = { scans: number };
/** What later post may refer to: an open Akte, one of its Vorgänge, who leads it and whether its sender's sign is known. */
export type Fall = { art: Fallart; k: Kontext; person: Person; aktenzeichen: string; vorgang: string; vorgangId: VorgangId; fremdesZeichen: boolean };

const gewichtet = fallarten.flatMap((f) => Array.from({ length: f.gewicht }, () => f));

/** The letters of a case: those of its template, then correspondence drawn from it, until there are about ten. */
function planSchreiben(fall: Fallart, z: Zufall): { betreff: string; schreiben: DemoSchreiben[] }[] {
  const plan = fall.vorgaenge.map((v) => ({ betreff: v.betreff, schreiben: [...v.schreiben] }));
  const alle = fall.vorgaenge.flatMap((v) => v.schreiben);
  const fehlen = z.int(9, 11) - alle.length;
  if (fehlen > 0) plan.push({ betreff: 'Weiterer Schriftwechsel', schreiben: Array.from({ length: fehlen }, () => z.pick(alle)) });
  return plan;
}

/** Uploads one letter as its clerk and files it. */
async function fileSchreiben(person: Person, vorgangId: VorgangId, schreiben: DemoSchreiben, k: Kontext, ort: Ort, { tag, aktenzeichen, amt, z, vorrat }: { tag: string; aktenzeichen: string; amt: string; z: Zufall; vorrat: Vorrat }) {
  const kennt = schreiben.art !== 'eingang' || z.chance(0.5);
  const brief = createBrief(schreiben, k, ort.mandant, { tag, zeichen: kennt ? aktenzeichen : undefined, amt, sachbearbeitung: person.name });
  const format = schreiben.format === 'scan' && vorrat.scans-- <= 0 ? 'pdf' : schreiben.format;
  const datei = await createDatei(format, brief, tag, `${z.int(0x10000000, 0x7fffffff).toString(16)}`, z);
  const { id: inhaltId } = await person.upload(ablage.uploadInhalt, datei);
  const natuerlich = schreiben.wer === 'person' || schreiben.wer === 'amt';
  const [vorname, ...rest] = k.person.split(' ');
  const kontakt = natuerlich ? { familienname: rest.join(' '), vorname } : { institution: schreiben.wer === 'firma' ? k.firma : k.firma2 };
  await person.call(schriftgut.createDokument, { body: {
    vorgangId, betreff: brief.betreff, art: schreiben.art, datumDesSchreibens: tag, formate: [{ inhaltId }],
    ...(schreiben.art === 'eingang' && { posteingangsdatum: tag, fremdesGeschaeftszeichen: schreiben.wer === 'person' ? null : k.fremdesZeichen, kontakte: [{ art: 'absender' as const, ...kontakt }] }),
    ...(schreiben.art === 'ausgang' && { postausgangsdatum: tag, kontakte: [{ art: 'empfaenger' as const, ...kontakt }] }),
  } });
}

/** One case from its first letter on; some are finished, those answer nothing. */
export async function createFall(ort: Ort, z: Zufall, vorrat: Vorrat): Promise<Fall | undefined> {
  const fall = z.pick(gewichtet);
  const k = createKontext(z, ort.mandant.ort, ort.mandant.plz);
  const person = ort.personen.get(fall.oe) ?? ort.personen.get('63.1')!;
  const oe = ort.oes.get(person.oe)!;
  const akte = await person.call(schriftgut.createAkte, { body: { betreff: fall.betreff(k), aktenplaneinheitId: ort.einheiten.get(fall.einheit)!, federfuehrungId: oe.id, bearbeiterId: person.id } });
  let tage = z.int(60, 640);
  let letzter: { id: string; kennzeichen: string } | undefined;
  for (const { betreff, schreiben } of planSchreiben(fall, z)) {
    const vorgang = await person.call(schriftgut.createVorgang, { body: { akteId: akte.id as AkteId, betreff, bearbeiterId: person.id } });
    letzter = vorgang;
    for (const s of schreiben) {
      tage = Math.max(1, tage - z.int(1, 24));
      await fileSchreiben(person, vorgang.id as VorgangId, s, k, ort, { tag: tagVor(ort.heute, tage), aktenzeichen: akte.aktenzeichen, amt: oe.bezeichnung, z, vorrat });
    }
  }
  if (z.chance(0.12)) { await person.call(schriftgut.closeAkte, { params: { id: akte.id as AkteId }, body: { mitVorgaengen: true } }); return undefined; }
  const fremdesZeichen = fall.vorgaenge.some((v) => v.schreiben.some((s) => s.art === 'eingang' && s.wer === 'firma'));
  return letzter && { art: fall, k, person, aktenzeichen: akte.aktenzeichen, vorgang: letzter.kennzeichen, vorgangId: letzter.id as VorgangId, fremdesZeichen };
}
