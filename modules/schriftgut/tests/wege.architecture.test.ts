import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { grantObjektfreigabe } from '#modules/zugriff/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { superUrl } from '#platform/testing/database.ts';
import { database, queryAs } from '#platform/testing/test.ts';
import { AktenListe, DokumenteListe, InhaltAbfrage, VorgaengeListe, api } from '../contract.ts';
import { getAkte, listAkten } from '../server/akte/queries.ts';
import { getDokument, listDokumente } from '../server/dokument/queries.ts';
import { listInhalt } from '../server/inhalt/queries.ts';
import { getVorgang, listVorgaenge } from '../server/vorgang/queries.ts';
import { EINGANG, newBehoerde, vorgangIn } from './hilfe.ts';

const db = tables<any>();
const TABLES = ['akte', 'vorgang', 'dokument', 'dokumentversion', 'format', 'kontakt', 'verweis', 'frueheres_kennzeichen'];
const inReplica = (name: string) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`;

/** How often this transaction has read each table row by row, and how many rows its indexes gave: as the app role, under row level security. */
async function wege(tx: ReadTx): Promise<Record<string, { seq: number; rows: number }>> {
  const rows = await db.read(tx).selectFrom(sql<{ name: string; seq: number; rows: number }>`(select c.relname::text as name, pg_stat_get_xact_numscans(c.oid)::int as seq,
      (select coalesce(sum(pg_stat_get_xact_tuples_returned(i.indexrelid)), 0)::int from pg_index i where i.indrelid = c.oid) as rows, 1 as mandant_id
    from pg_class c where c.relnamespace = 'schriftgut'::regnamespace and c.relname = any(${TABLES}))`.as('s')).select(['name', 'seq', 'rows']).execute();
  return Object.fromEntries(rows.map((r) => [r.name, r]));
}
/** Copies one row many times, below the triggers: what is looked at is reading. */
async function copy(table: string, id: string, times: number, columns: Record<string, string>) {
  const names = (await queryAs(superUrl, `select attname as name from pg_attribute where attrelid = 'schriftgut.${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`)).map((r) => (r as { name: string }).name);
  await queryAs(inReplica, `insert into schriftgut.${table} (${names.map((n) => `"${n}"`).join(', ')}) select ${names.map((n) => columns[n] ?? `t."${n}"`).join(', ')} from schriftgut.${table} t, generate_series(1, ${times}) g where t.id = $1`, [id]);
}

test('hot reads as the app role walk an index and never the table, and read what they show: lists, an Akte with its tree, a Vorgang, a Dokument', async () => {
  const { sb, akte, ...mandant } = await newBehoerde();
  const a = await akte();
  const voll = await vorgangIn(sb, a.id, { betreff: 'voll' });
  const d = await sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: voll.id } });
  // an office with 300 Akten, 300 Vorgänge in one of them, 3,000 Dokumente in a Vorgang and 5,000 elsewhere; beside it twenty other Mandanten
  const fremd = { id: 'gen_random_uuid()', mandant_id: "md5((g % 20)::text)::uuid" };
  await copy('akte', a.id, 300, { id: 'gen_random_uuid()', aktenzeichen: "t.aktenzeichen || '.' || g", aktenzeichen_norm: "t.aktenzeichen_norm || g", betreff: "'Akte ' || g", geaendert_am: "now() - g * interval '1 minute'" });
  await copy('akte', a.id, 20_000, { ...fremd, aktenzeichen: "t.aktenzeichen || '.' || g", aktenzeichen_norm: "t.aktenzeichen_norm || g" });
  const [andere] = await queryAs(superUrl, "select id from schriftgut.akte where betreff = 'Akte 150' and mandant_id = $1", [sb.ctx.mandantId]) as [{ id: string }];
  await copy('vorgang', voll.id, 300, { id: 'gen_random_uuid()', akte_id: `'${andere.id}'::uuid`, nummer: '100 + g', kennzeichen: "t.kennzeichen || '-' || g", betreff: "'Vorgang ' || g" });
  await copy('vorgang', voll.id, 20_000, { ...fremd, akte_id: 'gen_random_uuid()' });
  const [leerer] = await queryAs(superUrl, "select id from schriftgut.vorgang where betreff = 'Vorgang 7' and mandant_id = $1", [sb.ctx.mandantId]) as [{ id: string }];
  await copy('dokument', d.id, 3000, { id: 'gen_random_uuid()', nummer: '100 + g', kennzeichen: "t.kennzeichen || '-' || g", posteingangsdatum: "date '2020-01-01' + g" });
  await copy('dokument', d.id, 5000, { id: 'gen_random_uuid()', akte_id: `'${andere.id}'::uuid`, vorgang_id: `'${leerer.id}'::uuid`, nummer: '5000 + g', kennzeichen: "t.kennzeichen || '-x' || g", posteingangsdatum: "date '2000-01-01' + g / 4" });
  await copy('dokument', d.id, 30_000, { ...fremd, akte_id: 'gen_random_uuid()', vorgang_id: 'gen_random_uuid()' });
  for (const t of TABLES) await queryAs(superUrl, `vacuum analyze schriftgut.${t}`);

  // The office that works there; somebody with grants to single objects beside another office, and somebody with such grants alone.
  const [gemischt, einzelner] = [mandant.as('sachbearbeitung', ['amt-20']), mandant.as('leser', ['amt-30'])];
  await database.write(mandant.system, async (tx) => {
    for (const { id } of [gemischt, einzelner]) for (const objektId of [a.id, andere.id]) await grantObjektfreigabe(tx, { objektTyp: 'akte', objektId, subjektArt: 'person', subjekt: id, stufe: 'bearbeiten', zweck: 'Aufgabe' });
  });
  const lauf = (ctx: RequestContext, work: (tx: ReadTx) => Promise<unknown>) => database.read(ctx, async (tx) => {
    const vorher = await wege(tx);
    await work(tx);
    const nachher = await wege(tx);
    return Object.fromEntries(TABLES.map((t) => [t, { seq: nachher[t]!.seq - vorher[t]!.seq, rows: nachher[t]!.rows - vorher[t]!.rows }]));
  });
  const reads: Record<string, (tx: ReadTx) => Promise<unknown>> = {
    'listAkten': (tx) => listAkten(tx, AktenListe.parse({})),
    'listAkten -geaendertAm': (tx) => listAkten(tx, AktenListe.parse({ sort: '-geaendertAm' })),
    'listVorgaenge of an Akte': (tx) => listVorgaenge(tx, VorgaengeListe.parse({ akteId: [a.id] })),
    'listDokumente of a Vorgang': (tx) => listDokumente(tx, DokumenteListe.parse({ vorgangId: [voll.id] })),
    'listDokumente of an Akte': (tx) => listDokumente(tx, DokumenteListe.parse({ akteId: [a.id] })),
    'getAkte': (tx) => getAkte(tx, a.id as never),
    'listInhaltAkte': (tx) => listInhalt(tx, { typ: 'akte', id: a.id }, InhaltAbfrage.parse({})),
    'listInhaltAkte with 300 Vorgänge': (tx) => listInhalt(tx, { typ: 'akte', id: andere.id }, InhaltAbfrage.parse({})),
    'getVorgang': (tx) => getVorgang(tx, voll.id as never),
    'listInhaltVorgang': (tx) => listInhalt(tx, { typ: 'vorgang', id: voll.id }, InhaltAbfrage.parse({})),
    'getDokument': (tx) => getDokument(tx, d.id as never),
  };
  for (const [wer, { ctx }] of Object.entries({ sb, gemischt, einzelner })) for (const [read, work] of Object.entries(reads)) {
    const [name, w] = [`${read} (${wer})`, await lauf(ctx, work)];
    expect([name, w.akte!.seq, w.vorgang!.seq, w.dokument!.seq]).toEqual([name, 0, 0, 0]);
  }
  // and of 38,000 Dokumente one reads its own row, its Teile and nothing else
  expect((await lauf(sb.ctx, (tx) => getDokument(tx, d.id as never))).dokument!.rows).toBeLessThan(20);
}, 120_000);
