import { sql } from 'kysely';
import { listMitglieder, readPersonen } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { stufen, type Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Vorhaben } from '../../contract.ts';
import { moveSchutzbereiche } from '../commands.ts';
import { gang } from '../gang.ts';
import { forgetReichweite } from '../reichweite.ts';
import type { ZugriffTables } from '../tables.gen.ts';
import { giveFreigabe, takeFreigabe, updateSchutzbereich } from '../verwaltung.ts';

const db = tables<ZugriffTables>();
const HOECHSTENS = 500;
const sammlung = new Intl.Collator('de-u-co-phonebk');

type Ziel = { bereich: string; zeit: string | null; tun(tx: WriteTx): Promise<unknown> };
async function requireBereiche(tx: ReadTx, ids: readonly string[]) {
  const rows = await db.read(tx).selectFrom('zugriff.schutzbereich').select('id').where('id', 'in', [...ids]).execute();
  if (rows.length < new Set(ids).size) throw NotFound('Schutzbereich');
}
/** Where the change takes effect, from when, and the command that makes it. */
async function readZiel(tx: WriteTx, v: Vorhaben): Promise<Ziel> {
  if (v.art !== 'entziehen') await requireBereiche(tx, v.art === 'verschieben' ? [v.id, v.parentId] : [v.id]);
  switch (v.art) {
    case 'erteilen': return { bereich: v.id, zeit: v.gueltigVon && new Date(v.gueltigVon) > new Date() ? v.gueltigVon : null, tun: (w) => giveFreigabe(w, { schutzId: v.id, subjektArt: v.subjektArt, subjekt: v.subjekt, stufe: v.stufe, gueltigVon: v.gueltigVon, gueltigBis: v.gueltigBis }) };
    case 'entziehen': {
      const row = await db.read(tx).selectFrom('zugriff.freigabe').select(['schutz_id', 'gueltig_von']).where('id', '=', v.id).executeTakeFirst();
      if (!row) throw NotFound('Freigabe');
      return { bereich: row.schutz_id, zeit: row.gueltig_von !== null && new Date(row.gueltig_von) > new Date() ? row.gueltig_von : null, tun: (w) => takeFreigabe(w, v.id) };
    }
    case 'aendern': {
      const { version } = await db.read(tx).selectFrom('zugriff.schutzbereich').select('version').where('id', '=', v.id).executeTakeFirstOrThrow();
      return { bereich: v.id, zeit: null, tun: (w) => updateSchutzbereich(w, v.id, { erbt: v.erbt, klasse: v.klasse }, version) };
    }
    case 'verschieben': return { bereich: v.id, zeit: null, tun: (w) => moveSchutzbereiche(w, { ids: [v.id], parentId: v.parentId }) };
  }
}

type Ziele = ReadonlyMap<string, number>;
/** Of each Schutzbereich of a subtree the subjects and the best Stufe each has there: all that the walk says of it, in one text, since many have the same. */
type Stand = Map<string, string>;
const zieleOf = (text: string): Ziele => new Map(text === '' ? [] : text.split(',').map((z) => { const [art, id, stufe] = z.split(' '); return [`${art} ${id}`, stufen.indexOf(stufe as Stufe)]; }));
async function readStand(tx: ReadTx, bereich: string, zeit: string | null): Promise<Stand> {
  const m = tx.ctx.mandantId;
  // The subtree, and the way down to it: grants from elsewhere never come here.
  const { unter, weg } = await db.read(tx).selectFrom(sql<{ unter: string[]; weg: string[] }>`(
    with recursive unter as (select s.id from zugriff.schutzbereich s where s.mandant_id = ${m} and s.id = ${bereich} union select s.id from unter u join zugriff.schutzbereich s on s.mandant_id = ${m} and s.parent_id = u.id),
    weg as (select s.id, s.parent_id from zugriff.schutzbereich s where s.mandant_id = ${m} and s.id = ${bereich} union select o.id, o.parent_id from weg w join zugriff.schutzbereich o on o.mandant_id = ${m} and o.id = w.parent_id)
    select (select json_agg(id) from unter) as unter, (select json_agg(id) from weg) as weg)`.as('b')).selectAll().executeTakeFirstOrThrow();
  const nur = weg.length === 1 ? undefined : [...new Set([...unter, ...weg])];
  const query = sql<{ ziele: string; ids: string[] }>`(
    with recursive ${gang({ mandantId: m, wessen: 'alle', mitGrund: true, ...(nur && { nur }), zeit: zeit === null ? undefined : sql`${zeit}::timestamptz` })}
    select ziele, json_agg(id) as ids from (select id, string_agg(subjekt || ' ' || stufe, ',' order by subjekt collate "C") as ziele from (
      select e.id, f.subjekt_art || ' ' || f.subjekt as subjekt, max(e.stufe)::text as stufe
      from erreichbar e join zugriff.freigabe f on f.mandant_id = ${m} and f.id = e.freigabe ${nur ? sql`where e.id = any(${unter}::uuid[])` : sql``} group by 1, 2) beste group by id) je group by ziele)`;
  const stand: Stand = new Map(unter.map((id) => [id, '']));
  for (const { ziele, ids } of await db.read(tx).selectFrom(query.as('e')).selectAll().execute()) for (const id of ids) stand.set(id, ziele);
  return stand;
}

type Bereichsgruppe = { ids: string[]; vorher: Ziele; nachher: Ziele };
/** Schutzbereiche in which anything changes, those with the same grants before and after in one group. */
function groupBereiche(vorher: Stand, nachher: Stand): Bereichsgruppe[] {
  const gruppen = new Map<string, Bereichsgruppe>();
  for (const [id, davor] of vorher) {
    const danach = nachher.get(id) ?? '';
    if (davor === danach) continue;
    const key = `${davor}|${danach}`;
    const gruppe = gruppen.get(key);
    if (gruppe) gruppe.ids.push(id); else gruppen.set(key, { ids: [id], vorher: zieleOf(davor), nachher: zieleOf(danach) });
  }
  return [...gruppen.values()];
}

/** People by what of the subjects concerned they have: many share it, and each such set is reckoned once. */
async function readMengen(tx: ReadTx, gruppen: readonly Bereichsgruppe[]): Promise<Map<string, { subjekte: string[]; personen: string[] }>> {
  const geaendert = new Set<string>(), alle = new Set<string>();
  for (const { vorher, nachher } of gruppen) for (const s of new Set([...vorher.keys(), ...nachher.keys()])) { alle.add(s); if (vorher.get(s) !== nachher.get(s)) geaendert.add(s); }
  const ids = (art: string) => [...alle].filter((s) => s.startsWith(`${art} `)).map((s) => s.slice(art.length + 1));
  const je = new Map<string, string[]>();
  const add = (person: string, subjekt: string) => { const list = je.get(person); if (list) list.push(subjekt); else je.set(person, [subjekt]); };
  for (const m of await listMitglieder(tx, { rollen: ids('rolle'), oes: ids('oe') })) if (alle.has(`${m.subjektArt} ${m.subjekt}`)) add(m.benutzerId, `${m.subjektArt} ${m.subjekt}`);
  for (const p of ids('person')) add(p, `person ${p}`);
  const mengen = new Map<string, { subjekte: string[]; personen: string[] }>();
  for (const [person, subjekte] of je) {
    if (!subjekte.some((s) => geaendert.has(s))) continue;
    const key = subjekte.toSorted().join();
    const menge = mengen.get(key);
    if (menge) menge.personen.push(person); else mengen.set(key, { subjekte, personen: [person] });
  }
  return mengen;
}

type Wechsel = { von: Stufe | null; nach: Stufe | null; ids: string[] };
const beste = (stand: Ziele, subjekte: readonly string[]) => subjekte.reduce((max, s) => Math.max(max, stand.get(s) ?? -1), -1);
function changesOf(gruppen: readonly Bereichsgruppe[], subjekte: readonly string[]): Wechsel[] {
  const je = new Map<string, Wechsel>();
  for (const g of gruppen) {
    const [von, nach] = [beste(g.vorher, subjekte), beste(g.nachher, subjekte)];
    if (von === nach) continue;
    const wechsel = je.get(`${von} ${nach}`);
    if (wechsel) wechsel.ids.push(...g.ids); else je.set(`${von} ${nach}`, { von: stufen[von] ?? null, nach: stufen[nach] ?? null, ids: [...g.ids] });
  }
  return [...je.values()];
}

/** Whom a change concerns, by making it, reading by the rules that decide, and taking it back. */
export async function readAenderungen(tx: WriteTx, vorhaben: Vorhaben) {
  const { bereich, zeit, tun } = await readZiel(tx, vorhaben);
  const vorher = await readStand(tx, bereich, zeit);
  const nachher = await tx.preview(async () => { await tun(tx); return readStand(tx, bereich, zeit); });
  forgetReichweite(tx);
  const gruppen = groupBereiche(vorher, nachher);
  const mengen = await readMengen(tx, gruppen);
  const personen = new Map<string, Wechsel[]>();
  for (const { subjekte, personen: gleiche } of mengen.values()) {
    const wechsel = changesOf(gruppen, subjekte);
    if (wechsel.length) for (const p of gleiche) personen.set(p, wechsel);
  }
  return { zeit, personen };
}

const verliert = (w: Wechsel) => stufen.indexOf(w.nach as Stufe) < stufen.indexOf(w.von as Stufe);
export async function previewFreigabe(tx: WriteTx, vorhaben: Vorhaben) {
  const { zeit, personen } = await readAenderungen(tx, vorhaben);
  const leute = await readPersonen(tx, [...personen.keys()]);
  const frei = [...personen].filter(([id]) => leute.get(id)?.gesperrt === false);
  // Who has the same subjects shares one list of changes: each is looked at once, however many people have it.
  const alle = [...new Set(frei.flatMap(([, wechsel]) => wechsel))];
  const bereiche = [...new Set(alle.flatMap((w) => w.ids))];
  const { zaehlung, objekte } = await countObjekte(tx, bereiche);
  const namen = new Map(bereiche.length ? (await db.read(tx).selectFrom('zugriff.schutzbereich').select(['id', 'bezeichnung']).where(sql<boolean>`id = any(${[...new Set(alle.flatMap((w) => w.ids.slice(0, 3)))]}::uuid[])`).execute()).map((b) => [b.id, b.bezeichnung]) : []);
  const summen = new Map<Wechsel, number>();
  const summe = (w: Wechsel) => { const bekannt = summen.get(w) ?? w.ids.reduce((n, id) => n + (zaehlung.get(id) ?? 0), 0); summen.set(w, bekannt); return bekannt; };
  const gezeigt = frei.toSorted(([a, aw], [b, bw]) => Number(bw.some(verliert)) - Number(aw.some(verliert)) || sammlung.compare(leute.get(a)!.name, leute.get(b)!.name)).slice(0, HOECHSTENS);
  return {
    ab: zeit, gewinnen: frei.filter(([, ws]) => ws.some((w) => !verliert(w))).length, verlieren: frei.filter(([, ws]) => ws.some(verliert)).length, bereiche: bereiche.length, objekte,
    personen: gezeigt.map(([id, ws]) => ({ id, name: leute.get(id)!.name, funktion: leute.get(id)!.funktion, wechsel: ws.map((w) => ({ von: w.von, nach: w.nach, bereiche: w.ids.length, objekte: summe(w), beispiele: w.ids.slice(0, 3).flatMap((i) => namen.get(i) ?? []) })) })),
  };
}

async function countObjekte(tx: ReadTx, bereiche: readonly string[]) {
  const zaehlung = new Map<string, number>();
  const objekte: { label: string; anzahl: number }[] = [];
  if (!bereiche.length) return { zaehlung, objekte };
  for (const { label, auskunft } of tx.extensions('schutzobjekt')) {
    const anzahl = await auskunft?.count(tx, bereiche) ?? new Map<string, number>();
    for (const [id, n] of anzahl) zaehlung.set(id, (zaehlung.get(id) ?? 0) + n);
    const summe = [...anzahl.values()].reduce((a, b) => a + b, 0);
    if (summe) objekte.push({ label, anzahl: summe });
  }
  return { zaehlung, objekte };
}
