/** Fills an empty installation for the faults: two Mandanten with an Akte, Vorgänge, a clerk and an auditor each. Prints how to get in. */
import { api as aktenplan } from '#modules/aktenplan/contract.ts';
import { api as annahme } from '#modules/annahme/contract.ts';
import { createBenutzer, createOrganisationseinheit, getRolleDerVorgabe, hashPasswort, registerMandant, setUpMandant } from '#modules/organisation/server/index.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { createPerson } from '#apps/server/demo/person.ts';
import { openRuntime } from '#apps/server/runtime.ts';
import { loadConfig } from '#platform/server/config.ts';
import { systemContext, type RequestContext } from '#platform/server/context.ts';
import { buildHttp } from '#platform/server/http/http.ts';
import { newId } from '#platform/server/ids.ts';
import type { Zugang } from './anlage.ts';

const kennwort = 'nur-fuer-stoerfaelle';
const runtime = await openRuntime(loadConfig(), 'worker');
const { database, modules } = runtime;
const verbundId = newId();
const passwortHash = await hashPasswort(kennwort);
const kontexte = new Map<string, RequestContext>();
const http = await buildHttp({ ...runtime, verbundId, authenticate: async ({ headers }) => kontexte.get(headers.authorization ?? '') });
const verbund = systemContext(verbundId, verbundId, 'stoerfall', [], newId());
await database.write(verbund, async (tx) => { await registerMandant(tx, verbundId, { name: 'Verbund der Störfälle', kuerzel: 'VB', farbe: 'blau' }); await setUpMandant(tx); });

async function createMandant(kuerzel: string): Promise<Zugang['mandanten'][number]> {
  const id = newId();
  const alleRechte = modules.flatMap((m) => Object.keys(m.rechte ?? {}));
  const system = systemContext(id, verbundId, 'stoerfall', alleRechte, newId());
  await database.write(verbund, (tx) => registerMandant(tx, id, { name: `Kreis ${kuerzel}`, kuerzel, farbe: 'violett' }));
  await database.write(system, (tx) => setUpMandant(tx));
  const konten = { sachbearbeitung: `${kuerzel.toLowerCase()}.sachbearbeitung`, revision: `${kuerzel.toLowerCase()}.revision` };
  const vorgaben = { sachbearbeitung: ['sachbearbeitung', 'poststelle'], revision: ['administration', 'registratur'] } as const;
  const oe = await database.write(system, async (tx) => {
    const oe = await createOrganisationseinheit(tx, { kennzeichen: '10', bezeichnung: 'Hauptamt', kuerzel: 'HA', adressierbar: false });
    for (const wer of ['sachbearbeitung', 'revision'] as const) {
      const rollen = await Promise.all(vorgaben[wer].map(async (r) => (await getRolleDerVorgabe(tx, r))!));
      const personId = await createBenutzer(tx, { vorname: 'Stör', nachname: wer, konto: { anmeldename: konten[wer], passwortHash, mussAendern: false }, rollen, zuordnungen: [{ organisationseinheitId: oe, leitung: false }] });
      const rechte = new Set(modules.flatMap((m) => Object.entries(m.rechte ?? {})).filter(([, v]) => v.some((r) => (vorgaben[wer] as readonly string[]).includes(r))).map(([recht]) => recht));
      kontexte.set(konten[wer], { mandantId: id, verbundId, akteur: { art: 'person', id: personId, rollen, rechte, organisationseinheiten: [oe] }, weg: 'web', korrelationId: newId() });
    }
    return oe;
  });
  const [registratur, person] = [konten.revision, konten.sachbearbeitung].map((konto) => createPerson(http, { authorization: konto }, { id: konto, name: konto, oe: '10' }));
  const plan = await registratur!.call(aktenplan.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' } });
  const einheit = await registratur!.call(aktenplan.createAktenplaneinheit, { body: { aktenplanId: plan.id, kennzeichen: '10', betreffKurz: 'Verwaltung', aussonderungsart: 'V', aufbewahrungsdauer: 10 } });
  const akte = await person!.call(schriftgut.createAkte, { body: { aktenplaneinheitId: einheit.id, betreff: `Akte ${kuerzel}`, federfuehrungId: oe as never } });
  const vorgaenge = [];
  for (const n of [1, 2]) vorgaenge.push(await person!.call(schriftgut.createVorgang, { body: { akteId: akte.id, betreff: `Vorgang ${kuerzel} ${n}` } }));
  const { token } = await registratur!.call(annahme.createAnschluss, { body: { name: 'Fachverfahren', kanal: 'fachverfahren', organisationseinheitId: oe as never, ablage: 'vorgang' } });
  return { id, akteId: akte.id, einheitId: einheit.id, vorgaenge: vorgaenge.map((v) => v.id as string), token: token!, kennzeichen: vorgaenge[0]!.kennzeichen, konten };
}

const zugang: Zugang = { mandanten: [await createMandant('AA'), await createMandant('BB')], kennwort };
process.stdout.write(JSON.stringify(zugang));
await http.close();
await runtime.close();
process.exit(0);
