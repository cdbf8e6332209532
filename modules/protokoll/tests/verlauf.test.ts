import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RequestContext } from '#platform/server/context.ts';
import { NotFound } from '#platform/server/errors.ts';
import { defineModule } from '#platform/server/module.ts';
import { openDatabase, type Ereignis } from '#platform/server/tx.ts';
import { appUrl } from '#platform/testing/database.ts';
import { database as harness, databaseName, modules, newMandant } from '#platform/testing/test.ts';
import { VerlaufQuery } from '../contract.ts';
import { getEreignisfilter, listEreignisse } from '../server/verlauf.ts';
import { asOwner, versiegeln } from './helfer.ts';

/** A kind of object that hides those whose id is in this set. */
const hidden = new Set<string>();
const probe = defineModule({
  name: 'probe',
  extensions: {
    schutzobjekt: [{
      typ: 'mappe', label: 'Mappe',
      kurz: async (_tx, ids) => new Map(ids.filter((id) => !hidden.has(id)).map((id) => [id, { titel: `Mappe ${id.slice(-4)}`, kennzeichen: '10/1', pfad: `/mappen/${id}` }])),
      authorize: async (_tx, _stufe, id) => { if (hidden.has(id)) throw NotFound('Mappe'); return { schutzId: id }; },
    }],
    verlaufstext: [{ 'mappe.angelegt': ({ daten }) => `hat die Mappe „${daten.titel}“ angelegt`, 'mappe.kaputt': ({ daten }) => daten.gibt.es.nicht }],
  },
});
const database = openDatabase(appUrl(databaseName), { max: 3, modules: [...modules, probe] });
const list = (ctx: RequestContext, query: object = {}) => database.read(ctx, (tx) => listEreignisse(tx, VerlaufQuery.parse(query)));
const record = (ctx: RequestContext, ...all: Ereignis[]) => database.write(ctx, async (tx) => { for (const e of all) await tx.record(e); });

async function person(mandant: ReturnType<typeof newMandant>, rolle: 'sachbearbeitung' | 'administration' = 'sachbearbeitung') {
  const made = mandant.as(rolle);
  await harness.read(made.ctx, async () => {}); // waits until the Mandant and the person are there
  return made;
}

test('PR-01: the history says in German who did what when, with old and new values and what stands behind an id', async () => {
  const mandant = newMandant();
  const { ctx, id: benutzerId } = await person(mandant);
  const mappe = randomUUID();
  await record(ctx, { art: 'mappe.angelegt', objekte: { mappe }, daten: { titel: 'Müll' } });
  await record(ctx, { art: 'mappe.geaendert', objekte: { mappe }, daten: { aenderungen: [
    { feld: 'betreff', alt: 'Müll', neu: 'Abfall' }, { feld: 'posteingangsdatum', alt: null, neu: '2026-11-21' }, { feld: 'federfuehrungId', alt: mandant.oe('amt-10'), neu: null },
    { feld: 'bearbeiterId', alt: null, neu: benutzerId }, { feld: 'storniert', alt: false, neu: true }, { feld: 'anzahl', alt: 1234.5, neu: 2 }, { feld: 'frist', alt: null, neu: '2026-03-29T01:30:00.000Z' },
  ] } });
  await record(ctx, { art: 'mappe.kaputt', objekte: { mappe, stempel: randomUUID() } });
  await versiegeln(mandant);
  const { eintraege, gesamt } = await list(ctx, { objekt: mappe, sort: 'zeit' });
  expect(gesamt).toBe(3);
  expect(eintraege[0]).toMatchObject({
    text: 'hat die Mappe „Müll“ angelegt', wer: { art: 'person', id: benutzerId, name: 'Ada sachbearbeitung' }, weg: 'web', versiegelt: true, verdeckt: false,
    objekte: [{ typ: 'mappe', bezeichnung: 'Mappe', titel: `Mappe ${mappe.slice(-4)}`, kennzeichen: '10/1', pfad: `/mappen/${mappe}` }],
  });
  expect(eintraege[1]!.text).toBe('– Mappe: geändert');
  expect(eintraege[1]!.aenderungen.map((a) => [a.bezeichnung, a.alt, a.neu])).toEqual([
    ['Betreff', 'Müll', 'Abfall'], ['Posteingangsdatum', null, '21.11.2026'], ['Federführung', 'amt-10 amt-10', null], ['Bearbeiter', null, 'Ada sachbearbeitung'],
    ['Storniert', 'nein', 'ja'], ['Anzahl', '1234,5', '2'], ['Frist', null, '29.03.2026, 03:30'],
  ]);
  expect(eintraege[2]).toMatchObject({ text: '– Mappe: kaputt', objekte: [{}, { typ: 'stempel', bezeichnung: 'Stempel', titel: null, pfad: null }] });
});

test('PR-01: the history of an object belongs to who may read it; what concerns an object beside it that is not visible is not told, nor counted', async () => {
  const mandant = newMandant();
  const [{ ctx }, auditor] = [await person(mandant), await person(mandant, 'administration')];
  const [mappe, geheim] = [randomUUID(), randomUUID()];
  await record(ctx, { art: 'mappe.angelegt', objekte: { mappe }, daten: { titel: 'Offen' } }, { art: 'mappe.angelegt', objekte: { mappe: [geheim, mappe] }, daten: { titel: 'Scheidung', aenderungen: [{ feld: 'betreff', alt: null, neu: 'Scheidung' }] } });
  hidden.add(geheim);
  expect((await list(ctx, { objekt: mappe })).eintraege.map((e) => e.text)).toEqual(['hat die Mappe „Offen“ angelegt']);
  expect((await list(ctx, { objekt: mappe })).gesamt).toBe(1);
  expect((await database.read(ctx, (tx) => getEreignisfilter(tx, mappe))).arten).toEqual([{ art: 'mappe.angelegt', bezeichnung: 'Mappe: angelegt' }]);
  await expect(list(ctx, { objekt: geheim })).rejects.toMatchObject({ status: 404 });
  await expect(list(ctx, { objekt: randomUUID() })).rejects.toMatchObject({ status: 404 });
  await expect(list(ctx)).rejects.toMatchObject({ status: 403, details: { recht: 'protokoll.lesen' } });
  const covered = (await list(auditor.ctx, { art: 'mappe.angelegt' })).eintraege.find((e) => e.verdeckt)!;
  expect(covered).toMatchObject({ text: '– Mappe: angelegt', aenderungen: [], wer: { name: 'Ada sachbearbeitung' } });
  expect(JSON.stringify(covered)).not.toContain('Scheidung');
});

test('ids in what is told are names', async () => {
  const mandant = newMandant();
  const [{ ctx }, other] = [await person(mandant, 'administration'), await person(mandant)];
  const schutzbereich = randomUUID();
  await record(ctx, { art: 'freigabe.erteilt', objekte: { schutzbereich }, daten: { subjektArt: 'person', subjekt: other.id, name: 'Ada sachbearbeitung', stufe: 'lesen' } });
  await record(ctx, { art: 'benutzer.rollen_zugewiesen', objekte: { benutzer: other.id }, daten: { dazu: [mandant.rolle('leitung')], weg: [] } });
  expect((await list(ctx, { art: 'freigabe.erteilt', objekt: schutzbereich })).eintraege[0]!.text).toBe('hat Ada sachbearbeitung die Stufe „lesen“ erteilt');
  expect((await list(ctx, { art: 'benutzer.rollen_zugewiesen' })).eintraege[0]!.aenderungen).toEqual([{ feld: 'zuordnung', bezeichnung: 'Zuordnung', alt: null, neu: 'Leitung' }]);
});

test('the revision filters by art and day in Germany, and walks through pages with an exact count; by person within one object alone, and uncounted', async () => {
  const mandant = newMandant();
  const [one, two, { ctx }] = [await person(mandant), await person(mandant), await person(mandant, 'administration')];
  const mappe = randomUUID();
  for (let i = 0; i < 5; i++) await record(one.ctx, { art: 'mappe.angelegt', objekte: { mappe }, daten: { titel: `${i}` } });
  await record(two.ctx, { art: 'mappe.geaendert', objekte: { mappe } });
  // 23:30 UTC is the next day in Germany
  await asOwner(mandant, "alter table platform.ereignis disable trigger all").catch(() => {});
  await asOwner(mandant, "update platform.ereignis set zeit = '2026-01-31T23:30:00Z' where art = 'mappe.geaendert'");
  const count = async (query: object) => (await list(ctx, query)).gesamt;
  expect(await count({ art: ['mappe.angelegt', 'mappe.geaendert'] })).toBe(6);
  expect([await count({ von: '2026-02-01', bis: '2026-02-01', art: 'mappe.geaendert' }), await count({ bis: '2026-01-31', art: 'mappe.geaendert' })]).toEqual([1, 0]);
  await expect(list(ctx, { akteur: one.id })).rejects.toMatchObject({ status: 422, code: 'verlauf.person_nur_am_objekt' });
  const walk = async (query: object, gesamt: number | null) => {
    const seen: number[] = [];
    for (let cursor: string | undefined, page = 0; page < 5; page++) {
      const answer = await list(ctx, { ...query, limit: 2, cursor });
      expect(answer.gesamt).toBe(gesamt);
      seen.push(...answer.eintraege.map((e) => e.id));
      if (!answer.weiter) break;
      cursor = answer.weiter;
    }
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    return new Set(seen).size;
  };
  expect([await walk({ art: 'mappe.angelegt' }, 5), await walk({ objekt: mappe, akteur: one.id }, null)]).toEqual([5, 5]);
  const personen = async (objekt?: string) => (await database.read(ctx, (tx) => getEreignisfilter(tx, objekt))).akteure.filter((a) => a.art === 'person').map((a) => a.id).toSorted();
  expect([await personen(), await personen(mappe)]).toEqual([[], [one.id, two.id].toSorted()]);
});
