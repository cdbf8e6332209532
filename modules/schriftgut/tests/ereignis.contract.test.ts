/** PostgreSQL proves that a transaction recorded something; this proves that it was the right thing: whatever an operation changed is named by an Ereignis of that transaction. */
import { expect, test } from 'vitest';
import { ownerUrl } from '#platform/testing/database.ts';
import { buildTestHttp, modules, queryAs } from '#platform/testing/test.ts';
import { api } from '../contract.ts';
import { EINGANG, newBehoerde, upload, vorgangIn } from './hilfe.ts';

const http = await buildTestHttp(modules);

/** Protected tables of the module and the object that each of their rows belongs to. */
const tables = {
  akte: 'id', vorgang: 'id', dokument: 'id', dokumentversion: 'dokument_id', format: 'dokument_id', kontakt: 'coalesce(akte_id, vorgang_id, dokument_id)', verweis: 'coalesce(akte_id, vorgang_id, dokument_id)',
  frueheres_kennzeichen: 'coalesce(akte_id, vorgang_id, dokument_id)', erweiterungsfeld: 'id', einstellung: 'id',
} as const;
/** Notes of a person for herself: isolated tables, no Ereignis. And forecasts, which take back what they try. */
const ohneEreignis = ['createMerkung', 'deleteMerkung', 'createZuletztGesehen', 'previewMoveAkte', 'previewMoveDokument', 'previewMoveVorgang'];

/** Watches one Mandant: what each call changed, and which objects its Ereignisse name. */
function watch(mandantId: string) {
  const url = (name: string) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`;
  let last = 0;
  const done = new Set<string>();
  const news = async () => {
    const rows = await queryAs(url, 'select e.id, e.art, e.xid::text as xid, (select array_agg(o.objekt_id::text) from platform.ereignis_objekt o where (o.mandant_id, o.ereignis_id) = (e.mandant_id, e.id)) as ids from platform.ereignis e where e.id > $1 order by e.id', [last]) as { id: string; art: string; xid: string; ids: string[] | null }[];
    last = Math.max(last, ...rows.map((r) => Number(r.id)));
    return rows;
  };
  return {
    done,
    async check<T>(operation: string, call: Promise<T>): Promise<T> {
      const answer = await call;
      done.add(operation);
      const told = await news();
      expect([operation, told.length > 0]).toEqual([operation, true]);
      const named = new Set(told.flatMap((e) => e.ids ?? []));
      for (const [table, owner] of Object.entries(tables)) {
        const changed = await queryAs(url, `select distinct (${owner})::text as id from schriftgut.${table} where mandant_id = $1 and xmin::text = any(select (x::numeric % 4294967296)::text from unnest($2::text[]) x)`, [mandantId, [...new Set(told.map((e) => e.xid))]]);
        expect([operation, table, changed.map((r) => r.id).filter((id) => !named.has(id))]).toEqual([operation, table, []]);
      }
      return answer;
    },
    /** What happens besides, and is not looked at. */
    skip: news,
  };
}

test('PR-01 every writing operation names all it changed', async () => {
  const { mandantId, sb, as, einheitId, addEinheit, oeId, akte } = await newBehoerde();
  const leitung = as('registratur');
  const w = watch(mandantId);
  const file = () => upload(http, sb, `Brief ${Math.random()}`);
  const [ziel, andere] = [await addEinheit('632'), await akte({ betreff: 'Andere Akte' })];
  await w.skip();

  let a = await w.check('createAkte', sb.call(api.createAkte, { body: { aktenplaneinheitId: einheitId, betreff: 'Alles', federfuehrungId: oeId, kontakte: [{ art: 'weiterer', institution: 'Bauherr GmbH' }] } }));
  const teilakte = await w.check('createAkte', sb.call(api.createAkte, { body: { parentId: a.id, betreff: 'Teil', federfuehrungId: oeId } }));
  let v = await w.check('createVorgang', vorgangIn(sb, a.id));
  let teil = await w.check('createVorgang', sb.call(api.createVorgang, { body: { parentId: v.id, betreff: 'Teilvorgang' } }));
  let d = await w.check('createDokument', sb.call(api.createDokument, { body: { ...EINGANG, vorgangId: teil.id, formate: [{ inhaltId: await file() }], anlagen: [{ betreff: 'Anlage', inhaltId: await file() }] } }));
  await w.check('createFormat', sb.call(api.createFormat, { params: { id: d.id }, body: { inhaltId: await file(), art: 'weiteres' } }));
  d = await w.check('createVersion', sb.call(api.createVersion, { params: { id: d.id }, body: { formate: [{ inhaltId: await file() }] } }));
  a = await w.check('updateAkte', sb.call(api.updateAkte, { params: { id: a.id }, ifMatch: a.version, body: { betreff: 'Alles neu', bemerkung: 'x', kontakte: [{ art: 'weiterer', institution: 'Bauherrin GmbH' }] } }));
  v = await w.check('updateVorgang', sb.call(api.updateVorgang, { params: { id: v.id }, ifMatch: v.version, body: { betreff: 'Neu' } }));
  d = await w.check('updateDokument', sb.call(api.updateDokument, { params: { id: d.id }, ifMatch: d.version, body: { fremdesGeschaeftszeichen: 'Z 1', kontakte: [{ art: 'absender', familienname: 'Weiß' }] } }));
  const verweis = await w.check('createVerweis', sb.call(api.createVerweis, { body: { von: { typ: 'akte', id: a.id }, zielTyp: 'akte', zielId: andere.id } }));
  await w.check('deleteVerweis', sb.call(api.deleteVerweis, { params: { id: verweis.id } }));

  // what moves takes along, and renames, all below it
  d = await w.check('moveDokument', sb.call(api.moveDokument, { params: { id: d.id }, ifMatch: d.version, body: { vorgangId: v.id } }));
  teil = await sb.call(api.getVorgang, { params: { id: teil.id } });
  await w.check('moveVorgang', sb.call(api.moveVorgang, { params: { id: teil.id }, ifMatch: teil.version, body: { akteId: a.id, grund: 'Eigenständig' } }));
  v = await sb.call(api.getVorgang, { params: { id: v.id } });
  v = await w.check('moveVorgang', sb.call(api.moveVorgang, { params: { id: v.id }, ifMatch: v.version, body: { akteId: andere.id, grund: 'Gehört dorthin' } }));
  v = await w.check('moveVorgang', sb.call(api.moveVorgang, { params: { id: v.id }, ifMatch: v.version, body: { akteId: a.id, grund: 'Doch hierher' } }));
  a = await leitung.call(api.getAkte, { params: { id: a.id } });
  a = await w.check('moveAkte', leitung.call(api.moveAkte, { params: { id: a.id }, ifMatch: a.version, body: { aktenplaneinheitId: ziel, grund: 'Umschreibung' } }));

  d = await sb.call(api.getDokument, { params: { id: d.id } });
  d = await w.check('cancelDokument', sb.call(api.cancelDokument, { params: { id: d.id }, ifMatch: d.version, body: { grund: 'Doppelt' } }));
  d = await w.check('deleteStornoDokument', sb.call(api.deleteStornoDokument, { params: { id: d.id } }));
  d = await w.check('closeDokument', sb.call(api.closeDokument, { params: { id: d.id } }));
  d = await w.check('reopenDokument', leitung.call(api.reopenDokument, { params: { id: d.id }, body: { grund: 'Fehler' } }));
  await w.check('createEigenenSchutz', leitung.call(api.createEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { erbt: true, grund: 'Vertraulich' } }));
  await w.check('deleteEigenenSchutz', leitung.call(api.deleteEigenenSchutz, { params: { typ: 'vorgang', id: v.id }, body: { grund: 'Erledigt' } } as never));
  await w.check('createSperre', leitung.call(api.createSperre, { params: { typ: 'vorgang', id: v.id }, body: { grund: 'Auskunftssperre' } }));
  await w.check('deleteSperre', leitung.call(api.deleteSperre, { params: { typ: 'vorgang', id: v.id } }));

  const leer = await vorgangIn(sb, a.id, { betreff: 'Irrtum' });
  await w.skip();
  await w.check('cancelVorgang', sb.call(api.cancelVorgang, { params: { id: leer.id }, ifMatch: leer.version, body: { grund: 'Irrtum' } }));
  await w.check('deleteStornoVorgang', sb.call(api.deleteStornoVorgang, { params: { id: leer.id } }));
  await w.check('closeVorgang', sb.call(api.closeVorgang, { params: { id: v.id }, body: {} }));
  await w.check('reopenVorgang', sb.call(api.reopenVorgang, { params: { id: v.id }, body: { grund: 'Nachtrag' } }));
  await w.check('closeAkte', sb.call(api.closeAkte, { params: { id: teilakte.id }, body: {} }));
  await w.check('closeAkte', sb.call(api.closeAkte, { params: { id: a.id }, body: { mitVorgaengen: true } }));
  await w.check('reopenAkte', sb.call(api.reopenAkte, { params: { id: a.id }, body: { grund: 'Nachtrag' } }));
  await w.check('cancelAkte', leitung.call(api.cancelAkte, { params: { id: andere.id }, ifMatch: (await leitung.call(api.getAkte, { params: { id: andere.id } })).version, body: { grund: 'Irrtum' } }));
  await w.check('deleteStornoAkte', leitung.call(api.deleteStornoAkte, { params: { id: andere.id } }));

  const feld = await w.check('createErweiterungsfeld', leitung.call(api.createErweiterungsfeld, { body: { objekttyp: 'akte', schluessel: 'gemarkung', bezeichnung: 'Gemarkung', datentyp: 'text' } }));
  await w.check('updateErweiterungsfeld', leitung.call(api.updateErweiterungsfeld, { params: { id: feld.id }, ifMatch: feld.version, body: { bezeichnung: 'Gemarkung, Flur' } }));
  await w.check('updateSchriftgutEinstellungen', leitung.call(api.updateSchriftgutEinstellungen, { ifMatch: (await leitung.call(api.getSchriftgutEinstellungen, {})).version, body: { maxTiefe: 4 } }));

  const writing = Object.values(api).filter((o) => o.method !== 'GET').map((o) => o.operationId);
  expect([...w.done, ...ohneEreignis].sort()).toEqual(writing.sort());
}, 120_000);
