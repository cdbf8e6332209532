import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { diff, type Aenderung } from '#platform/server/aenderungen.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { ImportErgebnis } from '../contract.ts';
import { countAkten } from './belegung.ts';
import { abweichungenOhneGrund, AktenplanErrors, type Stufenwerte } from './einheit.ts';
import { gruendeDerWerte, insertEinheiten, type NeueEinheit } from './einheit-anlegen.ts';
import { applyAenderung, FELDER, felderVon } from './einheit-commands.ts';
import { ableitbaresOberes, readSollzeilen, UEBERSCHRIFTEN, type Fehler, type Sollzeile } from './import-lesen.ts';
import { getAktenplan, stufenwerte, type Einheit } from './queries.ts';
import { readTabelle } from './tabelle.ts';
import type { AktenplanTables } from './tables.gen.ts';

const db = tables<AktenplanTables>();
export type Gelesen = ReturnType<typeof readSollzeilen> & { dateiname: string; zeilen: number; sha256: string };
const MAX_BYTES = 20_000_000;
const GRUND = 'Vorgabe des importierten Aktenplans';

/** Outside the transaction: the bytes, and all that is wrong with the rows by themselves. */
export async function readImport({ stream, dateiname }: { stream: AsyncIterable<Buffer>; dateiname: string }): Promise<Gelesen> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) { size += chunk.length; if (size > MAX_BYTES) throw AktenplanErrors.datei_zu_gross({ bytes: MAX_BYTES }); chunks.push(chunk); }
  const bytes = Buffer.concat(chunks);
  const rows = await readTabelle(bytes);
  return { ...readSollzeilen(rows), dateiname, zeilen: Math.max(rows.length - 1, 0), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A unit as it will be: existing ones with the file's values, new ones with their id. */
type Plan = { soll: Sollzeile; id: string; ist: Einheit | undefined; parentId: string | null; tiefe: number; felder: ReturnType<typeof felderVon>; aenderungen: Aenderung[] };

/** Inside: compares with the plan, tells what would happen, and does it unless `trockenlauf` or anything is wrong (AP-07). */
export async function importAktenplan(tx: WriteTx, aktenplanId: string, gelesen: Gelesen, trockenlauf: boolean): Promise<ImportErgebnis> {
  if (!trockenlauf) await db.write(tx).selectFrom('aktenplan.aktenplan').select('id').where('id', '=', aktenplanId).forUpdate().execute();
  const plan = await getAktenplan(tx, aktenplanId);
  const ist = await db.write(tx).selectFrom('aktenplan.aktenplaneinheit').selectAll().where('aktenplan_id', '=', aktenplanId).execute();
  const { plaene, fehler, hinweise } = abgleich(gelesen, ist, plan.ebenen);
  await refuseDivision(tx, plaene, fehler);
  fehler.sort((a, b) => a.zeile - b.zeile);
  if (!trockenlauf && fehler.length) throw AktenplanErrors.import_fehlerhaft({ fehler });
  const genannt = new Set(plaene.map((p) => p.id));
  const missing = ist.filter((e) => !e.aufgegangen_in && !genannt.has(e.id)).length;
  if (missing && plaene.length) hinweise.push({ zeile: 1, spalte: null, text: `${missing} ${missing === 1 ? 'Einheit des Aktenplans steht' : 'Einheiten des Aktenplans stehen'} nicht in der Datei und ${missing === 1 ? 'bleibt' : 'bleiben'} unverändert.` });
  const neu = plaene.filter((p) => !p.ist), geaendert = plaene.filter((p) => p.ist && p.aenderungen.length);
  if (!trockenlauf && neu.length + geaendert.length) await apply(tx, aktenplanId, neu, geaendert, gelesen);
  const wrong = new Set(fehler.map((f) => f.zeile));
  return {
    trockenlauf, zeilen: gelesen.zeilen, neu: neu.length, geaendert: geaendert.length, unveraendert: plaene.length - neu.length - geaendert.length, fehler, hinweise,
    eintraege: plaene.toSorted((a, b) => a.soll.zeile - b.soll.zeile).map((p) => ({
      zeile: p.soll.zeile, kennzeichen: p.soll.kennzeichen, betreffKurz: p.soll.betreffKurz, ebene: p.tiefe,
      aktion: wrong.has(p.soll.zeile) ? 'fehler' as const : !p.ist ? 'neu' as const : p.aenderungen.length ? 'geaendert' as const : 'unveraendert' as const, aenderungen: p.aenderungen,
    })),
  };
}

function abgleich({ soll, fehler: gelesene, hinweise: hinweiseDerDatei }: Gelesen, ist: readonly Einheit[], ebenen: readonly string[]) {
  const fehler = [...gelesene], hinweise = [...hinweiseDerDatei];
  const wrong = (s: Sollzeile, spalte: keyof typeof UEBERSCHRIFTEN, text: string): undefined => void fehler.push({ zeile: s.zeile, spalte: UEBERSCHRIFTEN[spalte], text });
  const istById = new Map(ist.map((e) => [e.id, e])), istByKz = new Map(ist.map((e) => [e.kennzeichen, e]));
  const sollByKz = new Map(soll.map((s) => [s.kennzeichen, s]));
  const istOf = (s: Sollzeile) => (s.uuid ? istById.get(s.uuid) : undefined) ?? istByKz.get(s.kennzeichen);
  const ids = new Map(soll.map((s) => [s.kennzeichen, istOf(s)?.id ?? s.uuid ?? newId()]));
  const bekannt = new Set([...sollByKz.keys(), ...ist.filter((e) => !e.aufgegangen_in).map((e) => e.kennzeichen)]);
  const oberesOf = (s: Sollzeile) => s.oberes ?? ableitbaresOberes(s.kennzeichen, bekannt);

  const plaene = new Map<string, Plan | undefined>(), planById = new Map<string, Plan>();
  const visit = (s: Sollzeile, unterwegs: readonly string[]): Plan | undefined => {
    if (plaene.has(s.kennzeichen)) return plaene.get(s.kennzeichen);
    if (unterwegs.includes(s.kennzeichen)) return wrong(s, 'oberes', `${s.kennzeichen} steht über sich selbst: ${[...unterwegs, s.kennzeichen].join(' unter ')}.`);
    const made = build(s, [...unterwegs, s.kennzeichen]);
    plaene.set(s.kennzeichen, made);
    if (made) planById.set(made.id, made);
    return made;
  };
  const build = (s: Sollzeile, unterwegs: readonly string[]): Plan | undefined => {
    const alt = istOf(s);
    if (alt?.aufgegangen_in) return wrong(s, 'kennzeichen', `${s.kennzeichen} ist in einer anderen Einheit aufgegangen und kann nicht mehr geändert werden.`);
    if (alt && s.uuid && alt.id !== s.uuid) return wrong(s, 'uuid', `${s.kennzeichen} hat im Aktenplan die UUID ${alt.id}.`);
    const oberes = oberesOf(s);
    const upperSoll = oberes === undefined ? undefined : sollByKz.get(oberes);
    const upper = upperSoll ? visit(upperSoll, unterwegs) : undefined;
    const upperIst = oberes === undefined || upperSoll ? undefined : istByKz.get(oberes);
    if (upperSoll && !upper) return undefined; // told at the upper unit's own line
    if (oberes !== undefined && !upperSoll && !upperIst) return wrong(s, 'oberes', `Die übergeordnete Einheit ${oberes} steht weder in der Datei noch im Aktenplan.`);
    const parentId = upper?.id ?? upperIst?.id ?? null;
    if (alt && alt.parent_id !== parentId) return wrong(s, 'oberes', `${s.kennzeichen} liegt im Aktenplan ${alt.parent_id ? `unter ${istById.get(alt.parent_id)?.kennzeichen}` : 'auf der obersten Ebene'}; der Import verschiebt keine Einheiten.`);
    const tiefe = (upper?.tiefe ?? upperIst?.pfad.length ?? 0) + 1;
    if (tiefe > ebenen.length) return wrong(s, 'kennzeichen', `${s.kennzeichen} läge auf Ebene ${tiefe}; der Aktenplan hat ${ebenen.length} (${ebenen.join(', ')}).`);
    if (!alt && (upperIst?.stillgelegt_am)) return wrong(s, 'oberes', `${oberes} ist stillgelegt.`);
    const kette = ketteOf(parentId, planById, istById);
    const felder = fill(s, alt, kette, ids.get(s.kennzeichen)!);
    const still = alt && s.stillgelegt !== undefined && s.stillgelegt !== (alt.stillgelegt_am !== null) ? [{ feld: 'stillgelegt', alt: !s.stillgelegt, neu: s.stillgelegt }] : [];
    return { soll: s, id: ids.get(s.kennzeichen)!, ist: alt, parentId, tiefe, felder, aenderungen: alt ? [...diff(felderVon(alt), felder, FELDER), ...still] : [] };
  };
  for (const s of soll) visit(s, []);
  return { plaene: [...plaene.values()].filter((p) => p !== undefined), fehler, hinweise };
}

/** From the root down to the upper unit, as it will be after the import. */
function ketteOf(parentId: string | null, planById: Map<string, Plan>, ist: Map<string, Einheit>): Stufenwerte[] {
  if (parentId === null) return [];
  const neu = planById.get(parentId);
  const alt = ist.get(parentId);
  const hier = neu ? [{ id: neu.id, bezeichnung: neu.soll.kennzeichen, werte: neu.felder, gruende: neu.felder.abweichungsgruende }] : alt ? [stufenwerte(alt)] : [];
  return [...ketteOf(neu ? neu.parentId : alt?.parent_id ?? null, planById, ist), ...hier];
}

/** The file's values over the present ones; where the result departs from what is inherited and nobody has said why, the plan itself is the reason. */
function fill(s: Sollzeile, alt: Einheit | undefined, kette: readonly Stufenwerte[], id: string): Plan['felder'] {
  const leer: Plan['felder'] = {
    kennzeichen: s.kennzeichen, betreffKurz: s.betreffKurz, inhaltsangabe: null, aussonderungsart: null, aufbewahrungsdauer: null, vertraulichkeit: null, schutzklasse: null,
    abweichungsgruende: {}, querverweise: [], organisationseinheitId: null, gueltigVon: null, gueltigBis: null,
  };
  const felder = { ...(alt ? felderVon(alt) : leer), kennzeichen: s.kennzeichen, betreffKurz: s.betreffKurz, ...s.felder };
  const ohne = { ...felder, abweichungsgruende: s.grund ? {} : felder.abweichungsgruende };
  const fehlend = abweichungenOhneGrund([...kette, { id, bezeichnung: s.kennzeichen, werte: ohne, gruende: ohne.abweichungsgruende }]);
  const gruende = { ...ohne.abweichungsgruende, ...Object.fromEntries(fehlend.map((feld) => [feld, s.grund ?? GRUND])) };
  return { ...felder, abweichungsgruende: gruendeDerWerte({ ...felder, abweichungsgruende: gruende }) };
}

/** A unit that holds Akten must not be divided. */
async function refuseDivision(tx: WriteTx, plaene: readonly Plan[], fehler: Fehler[]) {
  const divided = plaene.filter((p) => !p.ist && p.parentId !== null);
  const akten = await countAkten(tx, [...new Set(divided.map((p) => p.parentId!))], true);
  for (const p of divided) if (akten.get(p.parentId!)) fehler.push({ zeile: p.soll.zeile, spalte: UEBERSCHRIFTEN.oberes, text: 'In der übergeordneten Einheit liegen Akten; sie kann nicht unterteilt werden.' });
}

async function apply(tx: WriteTx, aktenplanId: string, neu: readonly Plan[], geaendert: readonly Plan[], { dateiname, sha256 }: Gelesen) {
  const neue: NeueEinheit[] = neu.toSorted((a, b) => a.tiefe - b.tiefe).map((p) => ({ id: p.id, parentId: p.parentId, ...p.felder, ...(p.soll.stillgelegt && { stillgelegt: true }) }));
  await insertEinheiten(tx, aktenplanId, neue);
  for (const p of geaendert) {
    await applyAenderung(tx, p.ist!, p.felder, { gruendePruefen: false, record: false });
    const still = p.aenderungen.find((a) => a.feld === 'stillgelegt');
    if (still) await db.write(tx).updateTable('aktenplan.aktenplaneinheit').set((eb) => ({ stillgelegt_am: still.neu ? sql<string>`now()` : null, version: eb('version', '+', 1) })).where('id', '=', p.id).execute();
  }
  await tx.record({
    art: 'aktenplan.importiert', objekte: { aktenplan: aktenplanId, aktenplaneinheit: geaendert.map((p) => p.id) },
    daten: { dateiname, sha256, neu: neu.length, geaendert: geaendert.length, aenderungen: geaendert.flatMap((p) => p.aenderungen.map((a) => ({ ...a, objekt: p.id }))) },
  });
}
