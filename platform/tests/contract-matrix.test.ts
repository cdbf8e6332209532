/**
 * Every route × default Rolle × Stufe × Mandant. What is expected is computed from what is declared (`access` of the operation, Stufe beside the rule of the
 * Recht), what happens is asked of HTTP. `--voll` goes through the Stufen for routes without an object as well.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from '#modules/schriftgut/server/policy.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { newBehoerde, upload, vorgangIn, EINGANG } from '#modules/schriftgut/tests/hilfe.ts';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { eingangPolicy } from '#modules/posteingang/server/policy.ts';
import { grantFreigabe } from '#modules/zugriff/server/index.ts';
import type { NamedOperation } from '../contract.ts';
import { API } from '../server/http/http.ts';
import { stufen, type Stufe } from '../server/policy.ts';
import type { Database } from '../server/tx.ts';
import { pathOf } from '../web/client.ts';
import { superUrl } from '../testing/database.ts';
import { sample } from '../testing/sample.ts';
import { buildTestHttp, database, modules, newMandant, queryAs, type Rolle } from '../testing/test.ts';

const voll = process.env.VERBUNDAKTE_TEST_VOLL === '1';
/** What the transaction answered, and was then undone: so every caller meets the same objects in the same state. */
class Undone extends Error { readonly result: unknown; constructor(result: unknown) { super('undone'); this.result = result; } }
const undoing: Database = {
  ...database,
  write: ((ctx: never, work: (tx: never) => Promise<unknown>) => database.write(ctx, async (tx) => { throw new Undone(await work(tx as never)); }).catch((error: unknown) => { if (error instanceof Undone) return error.result; throw error; })) as unknown as Database['write'],
};
const http = await buildTestHttp(modules, undoing);
const WORT = `Zwirnsfaden${randomUUID().slice(0, 8)}`;

const policies = { akte: aktePolicy, vorgang: vorgangPolicy, dokument: dokumentPolicy, eingang: eingangPolicy } as const;
type Typ = keyof typeof policies;
const stufeOf = (recht: string): Stufe | undefined => Object.values(policies).filter((p) => (p.all as string[]).includes(recht)).map((p) => p.stufeOf(recht as never))[0];
const ofPath: Record<string, Typ> = { akten: 'akte', vorgaenge: 'vorgang', dokumente: 'dokument', eingaenge: 'eingang' };
/** Routes that say »angemeldet« and ask for a Recht on the object themselves. */
const ownRule: Record<string, string> = {
  createEigenenSchutz: 'akte.verwalten', deleteEigenenSchutz: 'akte.verwalten', createMerkung: 'akte.sehen', deleteMerkung: 'akte.sehen', createZuletztGesehen: 'akte.sehen',
  downloadInhalt: 'dokument.lesen', getAufbereitung: 'dokument.lesen', getText: 'dokument.lesen', getSeitenbild: 'dokument.lesen', getRendition: 'dokument.lesen', retryAufbereitung: 'dokument.lesen',
};
/** The Recht on the object that the route names; undefined: it names none that stands in a Schutzbereich. */
function rechtOf(op: NamedOperation): string | undefined {
  if (ownRule[op.operationId]) return ownRule[op.operationId];
  const typ = ofPath[/^\/(\w+)\/:id/.exec(op.path)?.[1] ?? ''];
  return typ && (policies[typ].all as string[]).includes(op.access) ? op.access : undefined;
}
const istInhalt = (op: NamedOperation) => op.path.startsWith('/inhalte/:id');
/** Tells of other Mandanten on purpose: the directory of the Verbund. */
const verzeichnis = (op: NamedOperation) => /^\/(mandanten|verbund\/verzeichnis)\//.test(op.path);

type Person = { rolle: Rolle; stufe: Stufe | undefined; fremd: boolean; id: string; rechte: ReadonlySet<string> };
/** 'offen': not refused, whatever the state of things makes of it. */
function expectedOf(op: NamedOperation, p: Person): { status: 404 | 403; recht?: string } | 'offen' {
  if (op.access !== 'oeffentlich' && op.access !== 'angemeldet' && !p.rechte.has(op.access)) return { status: 403, recht: op.access };
  if (!op.path.includes(':') || op.access === 'oeffentlich' || verzeichnis(op)) return 'offen';
  if (p.fremd) return { status: 404 };
  const recht = rechtOf(op);
  if (!recht) return 'offen';
  const reicht = p.stufe !== undefined && stufen.indexOf(p.stufe) >= stufen.indexOf(stufeOf(recht)!);
  if (p.stufe === undefined || (istInhalt(op) && !(reicht && p.rechte.has(recht)))) return { status: 404 };
  return reicht && p.rechte.has(recht) ? 'offen' : { status: 403, recht };
}

/** A Mandant with one of everything, each in a Schutzbereich into which nothing is inherited. */
async function newBestand() {
  const b = await newBehoerde();
  const betreff = `Vorhaben ${WORT}`;
  const akte = await b.akte({ betreff }), vorgang = await vorgangIn(b.sb, akte.id, { betreff });
  const inhaltId = await upload(await buildTestHttp(modules), b.sb, `Text ${WORT}`, `${WORT}.txt`);
  const dokument = await b.sb.call(schriftgut.createDokument, { body: { ...EINGANG, betreff, vorgangId: vorgang.id, formate: [{ inhaltId: inhaltId as never }] } });
  const eingangInhalt = await upload(await buildTestHttp(modules), b.sb, `Brief ${WORT}`, `${WORT}-brief.txt`);
  const eingang = await b.sb.call(posteingang.createEingang, { body: { inhaltId: eingangInhalt as never, absender: `Notarin ${WORT}` } });
  const schutz = (await queryAs(superUrl, 'select schutz_id from schriftgut.akte where id = $1 union select schutz_id from posteingang.eingang where id = $2', [akte.id, eingang.id])).map((r) => (r as { schutz_id: string }).schutz_id);
  const inReplica = (text: string) => queryAs((name) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`, text, [schutz]);
  await inReplica('update zugriff.schutzbereich set erbt = false where id = any($1)');
  await inReplica("delete from zugriff.freigabe where schutz_id = any($1) and subjekt_art = 'rolle'"); // the Poststelle's on every basket
  await queryAs(superUrl, 'update zugriff.stand set stand = stand + 1 where mandant_id = $1', [b.mandantId]);
  const [zeile] = await queryAs(superUrl, `select (select id from aktenplan.aktenplan where mandant_id = $1 limit 1) as plan, (select inhalt_id from schriftgut.format where mandant_id = $1 limit 1) as inhalt, (select id from zugriff.freigabe where mandant_id = $1 limit 1) as freigabe`, [b.mandantId]) as [{ plan: string; inhalt: string; freigabe: string }];
  const byPath: Record<string, string> = {
    akten: akte.id, vorgaenge: vorgang.id, dokumente: dokument.id, eingaenge: eingang.id, schutz: akte.id, merkliste: akte.id, 'zuletzt-gesehen': akte.id, inhalte: zeile.inhalt, freigaben: zeile.freigabe,
    benutzer: b.sb.id, rollen: b.rolle('leser'), organisationseinheiten: b.oeId, schutzbereiche: schutz[0]!, aktenplaene: zeile.plan, aktenplaneinheiten: b.einheitId, mandanten: b.mandantId,
  };
  const byName: Record<string, string> = { akteId: akte.id, vorgangId: vorgang.id, dokumentId: dokument.id, aktenplaneinheitId: b.einheitId, federfuehrungId: b.oeId, organisationseinheitId: b.oeId, benutzerId: b.sb.id, aktenplanId: zeile.plan };
  return { ...b, schutz, byPath, byName };
}
const named = (value: unknown, byName: Record<string, string>): unknown =>
  Array.isArray(value) ? value.map((v) => named(v, byName))
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, byName[k] ?? named(v, byName)])) : value;

async function send(op: NamedOperation, p: Person, ziel: Awaited<ReturnType<typeof newBestand>>) {
  const params = op.params && { ...sample(op.params), ...(ziel.byPath[op.path.split('/')[1]!] && { id: ziel.byPath[op.path.split('/')[1]!] }), ...(op.path.includes(':typ') && { typ: 'akte' }) };
  const payload = op.upload ? Buffer.from('x') : op.body ? JSON.stringify(named(sample(op.body), ziel.byName)) : undefined;
  return http.inject({
    method: op.method, url: API + pathOf(op, { ...(params && { params }), ...(op.query && { query: sample(op.query) }) }), ...(payload !== undefined && { payload }),
    headers: { authorization: p.id, ...(op.ifMatch && { 'if-match': '"1"' }), ...(op.idempotent && { 'idempotency-key': randomUUID() }), ...(payload !== undefined && { 'content-type': op.upload ? 'application/octet-stream' : 'application/json' }) },
  });
}
/** Undefined: as declared. */
async function differs(op: NamedOperation, p: Person, ziel: Awaited<ReturnType<typeof newBestand>>): Promise<string | undefined> {
  const soll = expectedOf(op, p), answer = await send(op, p, ziel);
  const ist = answer.statusCode, problem = String(answer.headers['content-type']).includes('problem') ? answer.json<{ code: string; details?: { recht?: string } }>() : undefined;
  const wer = `${op.operationId} as ${p.rolle}, ${p.fremd ? 'of another Mandant' : p.stufe ?? 'without a Freigabe'}`;
  if (ist >= 500) return `${wer}: ${ist} ${answer.body.slice(0, 200)}`;
  if ((p.fremd || p.stufe === undefined) && answer.body.includes(WORT)) return `${wer}: tells ${answer.body.slice(0, 200)}`;
  if (soll !== 'offen') return ist === soll.status && (!soll.recht || problem?.details?.recht === soll.recht) ? undefined : `${wer}: expected ${soll.status} ${soll.recht ?? ''}, was ${ist} ${problem?.code ?? ''} ${problem?.details?.recht ?? ''}`;
  if (ist === 401 && op.access !== 'oeffentlich') return `${wer}: 401`;
  // A further Recht may be missing, that of a second object or of what is made: it must really be missing.
  const fehlt = ist === 403 ? problem?.details?.recht : undefined;
  const noetig = fehlt === undefined ? undefined : stufeOf(fehlt);
  if (ist === 403 && fehlt !== undefined && p.rechte.has(fehlt) && noetig !== undefined && p.stufe !== undefined && stufen.indexOf(p.stufe) >= stufen.indexOf(noetig)) return `${wer}: 403 ${fehlt}, though held`;
  if (ist === 404 && rechtOf(op) && p.stufe !== undefined && !p.fremd && !istInhalt(op) && /^(get|list)/.test(op.operationId)) return `${wer}: 404, though allowed`;
  return undefined;
}

test('BE-01 BE-02 every route answers every Rolle at every Stufe, and people of another Mandant, as access and policy declare it', async () => {
  const operations = modules.flatMap((m) => (m.routes ?? []).map((r) => r.operation as NamedOperation)).filter((op) => !['logout', 'login', 'changeMandant'].includes(op.operationId));
  const rollen = [...new Set(modules.flatMap((m) => Object.values(m.rechte ?? {}).flat()))] as Rolle[];
  const bestand = await newBestand(), anderswo = newMandant();
  const people: Person[] = [];
  for (const rolle of rollen) {
    for (const stufe of [undefined, ...stufen]) {
      const { id, ctx } = bestand.as(rolle, [], http);
      if (stufe) await database.write(bestand.system, async (tx) => { for (const schutzId of bestand.schutz) await grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: id, stufe }); });
      people.push({ rolle, stufe, fremd: false, id, rechte: ctx.akteur.rechte });
    }
    const { id, ctx } = anderswo.as(rolle, [], http);
    people.push({ rolle, stufe: 'verwalten', fremd: true, id, rechte: ctx.akteur.rechte });
  }
  const fehler: string[] = [];
  let gefragt = 0;
  const fragen = people.flatMap((p) => operations.filter((op) => voll || p.fremd || p.stufe === undefined || rechtOf(op)).map((op) => [op, p] as const));
  await Promise.all(Array.from({ length: 4 }, async () => { for (let next = fragen.pop(); next; next = fragen.pop()) { gefragt++; const f = await differs(...next, bestand); if (f) fehler.push(f); } }));
  expect([...new Set(fehler)].sort()).toEqual([]);
  expect(gefragt).toBeGreaterThan(2000);
}, 600_000);

test('BE-01 what the lists show at each Stufe is what the matrix says of their rows', async () => {
  const bestand = await newBestand();
  const lists = [[schriftgut.listAkten, 'akte.sehen'], [schriftgut.listVorgaenge, 'vorgang.sehen'], [schriftgut.listDokumente, 'dokument.sehen'], [posteingang.listEingaenge, 'eingang.sehen']] as const;
  for (const rolle of ['leser', 'sachbearbeitung', 'leitung', 'poststelle', 'registratur'] as Rolle[]) {
    for (const stufe of [undefined, ...stufen]) {
      const p = bestand.as(rolle, [], http);
      if (stufe) await database.write(bestand.system, async (tx) => { for (const schutzId of bestand.schutz) await grantFreigabe(tx, { schutzId, subjektArt: 'person', subjekt: p.id, stufe }); });
      for (const [op, recht] of lists) {
        const { gesamt } = await p.call(op as typeof schriftgut.listAkten, { query: {} as never });
        expect([op.operationId, rolle, stufe, gesamt]).toEqual([op.operationId, rolle, stufe, stufe && p.ctx.akteur.rechte.has(recht) ? 1 : 0]);
      }
    }
  }
}, 120_000);
