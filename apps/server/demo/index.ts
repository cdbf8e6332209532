import { randomUUID } from 'node:crypto';
import { api as aktenplan } from '#modules/aktenplan/contract.ts';
import { createBenutzer, createOrganisationseinheit, getRolleDerVorgabe, hashPasswort, registerMandant, setUpMandant } from '#modules/organisation/server/index.ts';
import { getWurzelSchutzbereich, grantFreigabe } from '#modules/zugriff/server/index.ts';
import { systemContext, type Akteur, type RequestContext } from '#platform/server/context.ts';
import { buildHttp, type Http } from '#platform/server/http/http.ts';
import { newId } from '#platform/server/ids.ts';
import type { Runtime } from '../runtime.ts';
import { createFall, type Fall, type Ort, type Vorrat } from './akten.ts';
import { demoAktenplan } from './aktenplan.ts';
import { createEingaenge } from './eingaenge.ts';
import { createPerson, type Person } from './person.ts';
import { DEMO_KENNWORT, demoBetreiber, demoMandanten, demoVerbund, type DemoBenutzer, type DemoMandant } from './verbund.ts';
import { createZufall } from './zufall.ts';

/** What the console says below the address. */
export const anmeldeHinweis = `Anmelden: anke.moehlmann (Poststelle), katrin.seidel (Bauordnung) oder betrieb (Betrieb), Kennwort ${DEMO_KENNWORT}; alle Konten stehen im README`;

/** Real scans, one for so many Akten of all Mandanten: each takes a third of a second to make and some to read. */
const AKTEN_JE_SCAN = 8;
/** So many of a Mandant are there before its post comes. */
const ERSTE_AKTEN = 12;
/** At work at the same time; the work is mostly waiting for the database. */
const GLEICHZEITIG = 4;

type Werkstatt = { runtime: Runtime; http: Http; verbundId: string; kontexte: Map<string, RequestContext>; passwortHash: string };

/** Makes the demo Verbund in an empty database: organisation by the façades, everything people do by the API, as them. */
export async function createDemo(runtime: Runtime): Promise<void> {
  const verbundId = newId();
  const kontexte = new Map<string, RequestContext>();
  const http = await buildHttp({ ...runtime, verbundId, authenticate: async ({ headers }) => kontexte.get(headers.authorization ?? '') });
  const werkstatt: Werkstatt = { runtime, http, verbundId, kontexte, passwortHash: await hashPasswort(DEMO_KENNWORT) };
  await createVerbund(werkstatt);
  const orte: Ort[] = [];
  for (const mandant of demoMandanten) orte.push(await createMandant(werkstatt, mandant));
  const akten = runtime.io.config.DEMO_AKTEN;
  // Each lane its own share and its own chance: what is made does not depend on which lane is faster.
  const lanes = Array.from({ length: GLEICHZEITIG }, (_, spur) => ({ vorrat: { scans: Math.ceil((akten * orte.length) / AKTEN_JE_SCAN / GLEICHZEITIG) } as Vorrat, zufaelle: orte.map((_o, m) => createZufall(1000 * (m + 1) + spur)) }));
  const laufe = async (von: number, bis: number, fertig: (ort: Ort, spur: number, fall: Fall) => void) => Promise.all(lanes.map(async ({ vorrat, zufaelle }, spur) => {
    for (const [m, ort] of orte.entries()) {
      for (let i = von + spur; i < bis; i += GLEICHZEITIG) { const fall = await createFall(ort, zufaelle[m]!, vorrat); if (fall) fertig(ort, spur, fall); }
    }
  }));
  const faelle = new Map<Ort, Fall[][]>(orte.map((ort) => [ort, Array.from({ length: GLEICHZEITIG }, () => [])]));
  // What the post refers to comes first, then the post itself: the text of it is read, and its proposals stand there, before all the rest has been read.
  const erste = Math.min(akten, ERSTE_AKTEN);
  await laufe(0, erste, (ort, spur, fall) => faelle.get(ort)![spur]!.push(fall));
  await Promise.all(orte.map((ort, m) => createEingaenge(ort, faelle.get(ort)!.flat(), createZufall(7000 + m), { anzahl: Math.min(24, akten), stapel: m === 0 })));
  await laufe(erste, akten, () => {});
  await http.close();
}

async function createVerbund({ runtime: { database }, verbundId, passwortHash }: Werkstatt) {
  await database.write(systemContext(verbundId, verbundId, 'demo', [], newId()), async (tx) => {
    await registerMandant(tx, verbundId, { name: demoVerbund.name, kuerzel: 'VB', farbe: 'blau' });
    await setUpMandant(tx);
    const rollen = [(await getRolleDerVorgabe(tx, 'betrieb'))!, (await getRolleDerVorgabe(tx, 'administration'))!]; // lets in further operators
    await createBenutzer(tx, { ...demoBetreiber, konto: { anmeldename: demoBetreiber.konto, passwortHash, mussAendern: false }, rollen });
  });
}

async function createMandant(werkstatt: Werkstatt, mandant: DemoMandant): Promise<Ort> {
  const { runtime: { database, modules }, verbundId } = werkstatt;
  const mandantId = newId();
  const alleRechte = modules.flatMap((m) => Object.keys(m.rechte ?? {}));
  const system = systemContext(mandantId, verbundId, 'demo', alleRechte, newId());
  await database.write(systemContext(verbundId, verbundId, 'demo', [], newId()), (tx) => registerMandant(tx, mandantId, mandant));
  await database.write(system, (tx) => setUpMandant(tx));
  const oes = new Map<string, { id: string; bezeichnung: string }>();
  const personen = new Map<string, Person>();
  await database.write(system, async (tx) => {
    for (const oe of mandant.oes) {
      const parent = oe.unter === undefined ? undefined : oes.get(oe.unter)!.id;
      oes.set(oe.kennzeichen, { id: await createOrganisationseinheit(tx, { kennzeichen: oe.kennzeichen, bezeichnung: oe.bezeichnung, kuerzel: oe.kuerzel, ...(parent && { parentId: parent }), adressierbar: oe.adressierbar ?? false }), bezeichnung: oe.bezeichnung });
    }
    for (const b of mandant.benutzer) {
      const person = await hire(werkstatt, tx, mandantId, mandant, b, oes.get(b.oe)!.id);
      if (b.rollen.includes('sachbearbeitung')) personen.set(b.oe, person);
      for (const rolle of ['registratur', 'poststelle']) if (b.rollen.includes(rolle)) personen.set(rolle, person);
    }
    // The Registratur keeps every Akte in order, whoever leads it.
    await grantFreigabe(tx, { schutzId: await getWurzelSchutzbereich(tx), subjektArt: 'rolle', subjekt: (await getRolleDerVorgabe(tx, 'registratur'))!, stufe: 'verwalten' });
  });
  // Cases of offices without a clerk of their own are filed by the one of a neighbouring office, who then leads them.
  for (const oe of ['10', '10.1']) personen.set(oe, personen.get('32.3')!);
  return { mandant, heute: new Date().toISOString().slice(0, 10), oes, personen, einheiten: await createAktenplan(personen.get('registratur')!, mandant) };
}

async function hire({ kontexte, http, verbundId, passwortHash, runtime: { modules } }: Werkstatt, tx: Parameters<typeof createBenutzer>[0], mandantId: string, mandant: DemoMandant, b: DemoBenutzer, oeId: string): Promise<Person> {
  const rollen = (await Promise.all(b.rollen.map((r) => getRolleDerVorgabe(tx, r as Parameters<typeof getRolleDerVorgabe>[1])))) as string[];
  const id = await createBenutzer(tx, {
    vorname: b.vorname, nachname: b.nachname, funktion: b.funktion, email: `${b.konto}@${mandant.domain}`, telefon: `${mandant.vorwahl}-${1000 + mandant.benutzer.indexOf(b)}`,
    konto: { anmeldename: b.konto, passwortHash, mussAendern: false }, rollen, zuordnungen: [{ organisationseinheitId: oeId, leitung: b.leitung === true }],
  });
  const rechte = new Set(modules.flatMap((m) => Object.entries(m.rechte ?? {})).filter(([, vorgaben]) => vorgaben.some((v) => b.rollen.includes(v))).map(([recht]) => recht));
  const akteur: Akteur = { art: 'person', id, rollen, rechte, organisationseinheiten: [oeId] };
  const schluessel = randomUUID();
  kontexte.set(schluessel, { mandantId, verbundId, akteur, weg: 'web', korrelationId: newId() });
  return createPerson(http, { authorization: schluessel, priority: 'u=7' }, { id, name: `${b.vorname} ${b.nachname}`, oe: b.oe });
}

async function createAktenplan(registratur: Person, mandant: DemoMandant): Promise<Map<string, string>> {
  const plan = await registratur.call(aktenplan.createAktenplan, { body: { bezeichnung: `Aktenplan ${mandant.kurz}`, versionsbezeichnung: '2024', gueltigVon: '2024-01-01', ebenen: ['Hauptgruppe', 'Gruppe', 'Untergruppe', 'Betreffseinheit'] } });
  const ids = new Map<string, string>();
  for (const e of demoAktenplan(mandant.schluessel)) {
    const eigen = e.aufbewahrung !== undefined || e.aussonderung !== undefined;
    const { id } = await registratur.call(aktenplan.createAktenplaneinheit, { body: {
      aktenplanId: plan.id, parentId: e.unter === undefined ? null : (ids.get(e.unter)! as never), kennzeichen: e.kennzeichen, betreffKurz: e.bezeichnung,
      ...(e.aufbewahrung !== undefined && { aufbewahrungsdauer: e.aufbewahrung === 'dauernd' ? 'unbefristet' as const : e.aufbewahrung }), ...(e.aussonderung && { aussonderungsart: e.aussonderung }),
      ...(eigen && e.unter !== undefined && { abweichungsgruende: { aufbewahrungsdauer: 'Aufbewahrungsregelung des Kreisarchivs', aussonderungsart: 'Aufbewahrungsregelung des Kreisarchivs' } }),
    } });
    ids.set(e.kennzeichen, id);
  }
  return ids;
}
