import { randomUUID } from 'node:crypto';
import type { Suchobjekt } from '#platform/server/extension.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { defineModule } from '#platform/server/module.ts';
import type { Klasse } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { createSchutzbereich, getWurzelSchutzbereich, grantFreigabe, grantObjektfreigabe } from '#modules/zugriff/server/index.ts';
import { buildTestHttp, modules, newMandant, openTestDatabase, type Rolle } from '#platform/testing/test.ts';
import { api, type Suchergebnis, type Suchfacetten } from '../contract.ts';
import { analysiereObjekte, ladeObjekte, speichereEintraege } from '../server/indexieren.ts';

/** Objects that live in this process, so that the search is tested by itself: a module of the tests that registers like any other. */
const bestand = new Map<string, Map<string, Suchobjekt>>();
const texte = new Map<string, string>();
const vonMandant = (tx: ReadTx) => bestand.get(tx.ctx.mandantId) ?? new Map<string, Suchobjekt>();
const TYPEN = ['probe', 'probeakte'] as const;

export const probe = defineModule({
  name: 'probe',
  extensions: {
    suchobjekt: TYPEN.map((typ) => ({
      typ, label: typ === 'probe' ? 'Dokument' : 'Akte', rechte: { sehen: 'akte.sehen', lesen: 'akte.lesen' }, ereignisse: [`${typ}.geaendert`],
      load: async (tx, ids) => ids.flatMap((id) => { const o = vonMandant(tx).get(id); return o && o.typ === typ ? [o] : []; }),
      byInhalt: async (tx, inhaltIds) => [...vonMandant(tx).values()].filter((o) => o.typ === typ && o.inhaltIds.some((i) => inhaltIds.includes(i))).map((o) => o.id),
      list: async (tx, nach, limit) => [...vonMandant(tx).values()].filter((o) => o.typ === typ).map((o) => o.id).sort().filter((id) => !nach || id > nach).slice(0, limit),
    })),
    schutzobjekt: TYPEN.map((typ) => ({
      typ, label: typ, kurz: async () => new Map(), authorize: async () => ({ schutzId: '' }),
      bereich: async (tx, ids) => new Map(ids.flatMap((id) => { const o = vonMandant(tx).get(id); return o ? [[id, { schutzId: o.schutzId, ids: [id] }] as const] : []; })),
    })),
    inhaltstext: [async (_tx, ids) => new Map(ids.flatMap((id) => { const t = texte.get(id); return t === undefined ? [] : [[id, t] as const]; }))],
  },
});
export const testModules = [...modules.filter((m) => ['zugriff', 'organisation', 'aktenplan', 'suche'].includes(m.name)), probe];
export const database = openTestDatabase(testModules);
export const http = await buildTestHttp(testModules, database);

export type Probe = Partial<Omit<Suchobjekt, 'inhaltIds'>> & { inhalt?: string };
export const setText = (inhaltId: string, text: string) => texte.set(inhaltId, text);

/** A Mandant with Schutzbereiche that can be filled and searched. */
export async function newSuche() {
  const mandant = newMandant();
  bestand.set(mandant.mandantId, new Map());
  const createBereich = (name: string, klasse: Klasse | null = null) => database.write(mandant.system, async (tx) => createSchutzbereich(tx, { bezeichnung: name, parentId: await getWurzelSchutzbereich(tx), klasse }));
  const bereich = await createBereich('Bereich');
  return {
    ...mandant, bereich, createBereich,
    objekte: bestand.get(mandant.mandantId)!,
    put(p: Probe): Suchobjekt {
      const inhaltIds = p.inhalt === undefined ? [] : [randomUUID()];
      if (p.inhalt !== undefined) texte.set(inhaltIds[0]!, p.inhalt);
      const { inhalt: _, ...rest } = p;
      const o: Suchobjekt = {
        id: randomUUID(), typ: 'probe', titel: '', zusatz: [], kennzeichen: null, schutzId: bereich, datum: '2026-11-01', art: null, status: null, aktenplaneinheitId: null,
        organisationseinheitId: null, akteId: null, vorgangId: null, storniert: false, inhaltIds, ...rest,
      };
      bestand.get(mandant.mandantId)!.set(o.id, o);
      return o;
    },
    remove: (id: string) => bestand.get(mandant.mandantId)!.delete(id),
    grant: (schutzId: string, person: string, stufe: 'sehen' | 'lesen') => database.write(mandant.system, (tx) => grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: person, stufe })),
    grantObjekt: ({ typ, id }: Suchobjekt, person: string, stufe: 'sehen' | 'lesen') => database.write(mandant.system, (tx) => grantObjektfreigabe(tx, { objektTyp: typ, objektId: id, subjektArt: 'person', subjekt: person, stufe, zweck: 'Aufgabe' })),
    index: (objekte: readonly Suchobjekt[]) => indexAll(mandant.system, objekte),
    async add(...all: Probe[]) {
      const objekte = all.map((p) => this.put(p));
      await indexAll(mandant.system, objekte);
      return objekte;
    },
    person: (rolle: Rolle = 'leser', oe: string[] = []) => {
      const p = mandant.as(rolle, oe, http);
      return { ...p, ...asking(p.call) };
    },
    async reader(rolle: Rolle = 'leser') {
      const p = this.person(rolle);
      await this.grant(bereich, p.id, 'lesen');
      return p;
    },
  };
}
type Call = ReturnType<ReturnType<typeof newMandant>['as']>['call'];
const asking = (call: Call) => ({
  search: (q: string, more: Record<string, unknown> = {}): Promise<Suchergebnis> => call(api.search, { query: { q, ...more } as never }),
  facetten: (q: string, more: Record<string, unknown> = {}): Promise<Suchfacetten> => call(api.getSuchfacetten, { query: { q, ...more } as never }),
  titel: async (q: string, more: Record<string, unknown> = {}) => (await call(api.search, { query: { q, limit: 200, ...more } as never })).eintraege.map((e: { titel: string }) => e.titel).sort(),
});

export async function indexAll(ctx: RequestContext, objekte: readonly Suchobjekt[]) {
  for (const [typ, gleiche] of Map.groupBy(objekte, (o) => o.typ)) {
    for (let i = 0; i < gleiche.length; i += 100) {
      const ergebnis = await analysiereObjekte(await database.read(ctx, (tx) => ladeObjekte(tx, [{ typ, ids: gleiche.slice(i, i + 100).map((o) => o.id) }])));
      await database.write(ctx, (tx) => speichereEintraege(tx, ergebnis));
    }
  }
}
