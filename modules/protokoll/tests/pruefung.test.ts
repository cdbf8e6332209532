import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownerUrl, superUrl } from '#platform/testing/database.ts';
import { database, newMandant, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { pruefenJob } from '../server/jobs.ts';
import { record, runJob, versiegeln } from './helfer.ts';

type Mandant = ReturnType<typeof newMandant>;
/** As whoever owns the machine: no trigger, no policy, no key stands in the way. */
const asSuper = (sql: string, values: unknown[]) => queryAs((name) => `${superUrl(name)}?options=${encodeURIComponent('-c session_replication_role=replica')}`, sql, values);
const verify = (mandant: Mandant) => mandant.as('administration').call(api.verifyProtokoll, {});

async function sealed() {
  const mandant = newMandant();
  for (const anzahl of [4, 3, 5]) { await record(mandant, anzahl); await versiegeln(mandant); }
  const rows = await asSuper('select folge, ereignis_id from protokoll.blatt where mandant_id = $1 order by folge', [mandant.mandantId]);
  return { mandant, rows, m: mandant.mandantId };
}

test('PR-02: an unchanged protocol verifies, and the verification itself is an entry of it', async () => {
  const { mandant, rows } = await sealed();
  const result = await verify(mandant);
  expect(result).toMatchObject({ ergebnis: 'unveraendert', befund: null, gesamt: rows.length, geprueft: rows.length, siegel: 3, ohneInhalt: 0, wer: { name: 'Ada administration' } });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'protokoll.geprueft', daten: { geprueft: rows.length } });
  await expect(mandant.as('sachbearbeitung').call(api.verifyProtokoll, {})).rejects.toMatchObject({ status: 403 });
});

test.each<[string, string, string]>([
  ['a changed art', "update platform.ereignis set art = 'probe.harmlos' where mandant_id = $1 and id = $2", 'eintrag_veraendert'],
  ['a changed time', "update platform.ereignis set zeit = zeit + interval '1 millisecond' where mandant_id = $1 and id = $2", 'eintrag_veraendert'],
  ['a changed Akteur', "update platform.ereignis set akteur_id = 'anderer' where mandant_id = $1 and id = $2", 'eintrag_veraendert'],
  ['changed objects', `update platform.ereignis set objekte = '{"probe":["x"]}' where mandant_id = $1 and id = $2`, 'eintrag_veraendert'],
  ['a deleted entry', 'delete from platform.ereignis where mandant_id = $1 and id = $2', 'eintrag_fehlt'],
  ['changed content', `update platform.ereignis_daten set daten = '{"aenderungen":[]}' where mandant_id = $1 and ereignis_id = $2`, 'inhalt_veraendert'],
  ['content with other spaces', `update platform.ereignis_daten set daten = (daten::text || ' ')::json where mandant_id = $1 and ereignis_id = $2`, 'inhalt_veraendert'],
  ['an object whose history no longer shows it', 'delete from platform.ereignis_objekt where mandant_id = $1 and ereignis_id = $2', 'verknuepfung_veraendert'],
  ['a changed leaf', "update protokoll.blatt set hash = sha256('x') where mandant_id = $1 and ereignis_id = $2", 'eintrag_veraendert'],
  ['a missing leaf', 'delete from protokoll.blatt where mandant_id = $1 and ereignis_id = $2', 'eintrag_fehlt'],
])('PR-02: %s is found, and the entry is named', { timeout: 30_000 }, async (_, sql, art) => {
  const { mandant, rows, m } = await sealed();
  const [withContent] = await asSuper('select b.folge, b.ereignis_id from protokoll.blatt b join platform.ereignis_daten d on (d.mandant_id, d.ereignis_id) = (b.mandant_id, b.ereignis_id) join platform.ereignis e on (e.mandant_id, e.id) = (b.mandant_id, b.ereignis_id) where b.mandant_id = $1 and e.art = $2 order by b.folge offset 2 limit 1', [m, 'probe.geaendert']);
  await asSuper(sql, [m, withContent.ereignis_id]);
  await asSuper("update platform.ereignis set art = 'probe.spaeter' where mandant_id = $1 and id = $2", [m, rows.at(-1)!.ereignis_id]); // a later change is not the first
  expect(await verify(mandant)).toMatchObject({ ergebnis: 'veraendert', befund: { art, eintrag: withContent.folge + 1 } });
  expect((await mandant.ereignisse()).at(-1)).toMatchObject({ art: 'protokoll.veraenderung_gefunden' });
});

test('PR-02: whoever changes an entry together with its leaf is found by the checkpoint after it', async () => {
  const { mandant, rows, m } = await sealed();
  await asSuper('update protokoll.blatt b set hash = (select c.hash from protokoll.blatt c where c.mandant_id = $1 and c.folge = $3), ereignis_id = -1 where b.mandant_id = $1 and b.folge = $2', [m, rows.length - 2, rows.length - 1]);
  expect((await verify(mandant)).befund).toMatchObject({ art: 'eintrag_fehlt' });
  const other = await sealed();
  const { leafHash } = await import('../server/merkle.ts');
  const { kopfOf } = await import('../server/format.ts');
  const [e] = await queryAs(superUrl, `select e.id, e.zeit, e.art, e.fassung, e.akteur_art, e.akteur_id, e.vertreten_id, e.weg, e.korrelation_id, e.objekte::text, encode(e.daten_hash, 'hex') as daten_hash from platform.ereignis e where mandant_id = $1 and id = $2`, [other.m, other.rows.at(-2)!.ereignis_id]);
  await asSuper("update platform.ereignis set art = 'probe.falsch' where mandant_id = $1 and id = $2", [other.m, e.id]);
  await asSuper('update protokoll.blatt set hash = $3 where mandant_id = $1 and ereignis_id = $2', [other.m, e.id, leafHash(JSON.stringify(kopfOf(other.m, { ...e, art: 'probe.falsch' })))]);
  expect((await verify(other.mandant)).befund).toMatchObject({ art: 'eintrag_veraendert', siegel: 3, eintrag: other.rows.length });
});

test('PR-02: an entry put in afterwards, cut-off or changed checkpoints, a foreign signature, a shortened protocol', async () => {
  const found = async (change: (m: string, rows: { ereignis_id: number }[]) => Promise<unknown>) => {
    const { mandant, rows, m } = await sealed();
    await change(m, rows as { ereignis_id: number }[]);
    return (await verify(mandant)).befund;
  };
  expect(await found((m, rows) => asSuper(`insert into platform.ereignis (mandant_id, xid, art, fassung, akteur_art, akteur_id, weg, korrelation_id, objekte)
    select mandant_id, xid, 'probe.untergeschoben', 1, 'person', 'x', 'web', korrelation_id, '{}' from platform.ereignis where mandant_id = $1 and id = $2`, [m, rows[3]!.ereignis_id]))).toMatchObject({ art: 'eintrag_eingefuegt' });
  expect(await found((m) => asSuper('delete from protokoll.siegel where mandant_id = $1 and nr = 2', [m]))).toMatchObject({ art: 'siegel_fehlt', siegel: 2 });
  for (const change of ["wurzel = sha256('x')", "vorgaenger = sha256('x')", "zeit = zeit + interval '1 second'", 'groesse = groesse - 1', "unterschrift = unterschrift || '\\x00'"]) {
    expect(await found((m) => asSuper(`update protokoll.siegel set ${change} where mandant_id = $1 and nr = 2`, [m]))).toMatchObject({ art: 'siegel_veraendert', siegel: 2 });
  }
  expect(await found((m) => asSuper('update protokoll.siegel set schluessel_id = $2 where mandant_id = $1 and nr = 2', [m, randomUUID()]))).toMatchObject({ art: 'unterschrift_ungueltig', siegel: 2 });

  const { mandant, m } = await sealed();
  await verify(mandant);
  await asSuper('with s as (delete from protokoll.siegel where mandant_id = $1 and nr = 3) delete from protokoll.blatt where mandant_id = $1 and folge >= (select groesse from protokoll.siegel where mandant_id = $1 and nr = 2)', [m]);
  expect((await verify(mandant)).befund).toMatchObject({ art: 'eintrag_fehlt', text: expect.stringContaining('alle danach fehlen') });
}, 60_000);

test('PR-02: after a lawful deletion of content the protocol still verifies, and says how many entries lost theirs', async () => {
  const { mandant, m } = await sealed();
  const deleted = await asSuper('delete from platform.ereignis_daten where mandant_id = $1 returning 1', [m]);
  expect(await verify(mandant)).toMatchObject({ ergebnis: 'unveraendert', ohneInhalt: deleted.length });
});

test('PR-02: a long protocol is verified in steps, with progress', async () => {
  const mandant = newMandant();
  await database.write(mandant.system, async (tx) => { for (let i = 0; i < 1050; i++) await tx.record({ art: 'probe.viel', objekte: { probe: randomUUID() }, daten: { i } }); });
  await versiegeln(mandant);
  const { startPruefung } = await import('../server/pruefung.ts');
  await database.write(mandant.system, (tx) => startPruefung(tx));
  const [{ id }] = await queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, 'select id from protokoll.pruefung') as [{ id: string }];
  const { call } = mandant.as('administration');
  const progress: number[] = [];
  for (let i = 0; i < 3; i++) {
    await runJob(mandant.system, pruefenJob, { pruefungId: id });
    const now = await call(api.getProtokollpruefung, { params: { id } });
    progress.push(now.geprueft);
    if (now.beendet) { expect(now).toMatchObject({ ergebnis: 'unveraendert', geprueft: now.gesamt, wer: { name: 'Das System' } }); break; }
  }
  expect(progress.length).toBe(2);
  expect(progress[0]).toBe(1000);
}, 60_000);
