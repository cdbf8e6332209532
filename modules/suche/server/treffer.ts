import type { z } from 'zod';
import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { resolveReichweite } from '#modules/zugriff/server/index.ts';
import { noteGelesen, verdeckt } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Treffer } from '../contract.ts';
import type { Umfang } from './analyse/anfrage.ts';
import { erstelleFinder, markiere, schneide, type Finder } from './analyse/schnipsel.ts';
import type { Fund } from './finden.ts';
import { rechteVon, type Sicht } from './sicht.ts';
import type { Vorhaben } from './vorhaben.ts';
import type { SucheTables } from './tables.gen.ts';

const db = tables<SucheTables>();

const readZeilen = async (tx: ReadTx, ids: readonly string[]) => (ids.length
  ? db.read(tx).selectFrom('suche.eintrag as e').innerJoin('suche.anzeige as a', 'a.id', 'e.id')
    .select(['e.id', 'e.typ', 'e.schutz_id', 'e.datum', 'e.art', 'e.status', 'e.aktenplaneinheit_id', 'e.organisationseinheit_id', 'e.akte_id', 'e.vorgang_id', 'a.titel', 'a.kennzeichen', 'a.zusatz', 'a.inhalt'])
    .where('e.id', 'in', [...new Set(ids)]).execute()
  : []);
type Zeile = Awaited<ReturnType<typeof readZeilen>>[number];

/** Titles of the Akten and Vorgänge in which hits lie, as far as they may be seen. */
async function readOrte(tx: ReadTx, zeilen: readonly Zeile[], sicht: Sicht) {
  const ids = [...new Set(zeilen.flatMap((z) => [z.akte_id, z.vorgang_id]).filter((id) => id !== null))];
  const rows = ids.length
    ? await db.read(tx).selectFrom('suche.eintrag as e').innerJoin('suche.anzeige as a', 'a.id', 'e.id').select(['e.id', 'e.typ', 'e.schutz_id', 'e.akte_id', 'e.vorgang_id', 'a.titel', 'a.kennzeichen']).where('e.id', 'in', ids).execute()
    : [];
  const gezeigt = rows.filter((r) => sicht.darfSehen(r));
  await noteGezeigt(tx, gezeigt);
  return new Map(gezeigt.map((r) => [r.id, { typ: r.typ, id: r.id, titel: titelVon(r, sicht), kennzeichen: r.kennzeichen }]));
}

async function noteGezeigt(tx: ReadTx, zeilen: readonly Pick<Zeile, 'typ' | 'id' | 'schutz_id'>[]) {
  const reichweite = await resolveReichweite(tx);
  for (const [typ, gleiche] of Map.groupBy(zeilen, (z) => z.typ)) noteGelesen(tx, reichweite, typ, gleiche, 'gesehen');
}

/** What the Akteur may do with each hit, as the rule of its module says; a hit that is missing here is not shown. */
async function readRechte(tx: ReadTx, zeilen: readonly Zeile[], sicht: Sicht): Promise<Map<string, readonly string[]>> {
  const rechte = new Map<string, readonly string[]>();
  for (const [typ, gleiche] of Map.groupBy(zeilen, (z) => z.typ)) {
    const art = tx.extensions('suchobjekt').find((a) => a.typ === typ);
    if (!art) continue;
    if (art.allowed) { for (const [id, r] of await art.allowed(tx, gleiche.map((z) => z.id))) rechte.set(id, r); continue; }
    const { sehen, lesen } = rechteVon(art);
    for (const z of gleiche) if (sicht.darfSehen(z)) rechte.set(z.id, sicht.darfLesen(z) ? [sehen, lesen] : [sehen]);
  }
  return rechte;
}

async function readPfade(tx: ReadTx, zeilen: readonly Zeile[]): Promise<Map<string, string>> {
  const pfade = new Map<string, string>();
  for (const [typ, gleiche] of Map.groupBy(zeilen, (z) => z.typ)) {
    const art = tx.extensions('schutzobjekt').find((a) => a.typ === typ);
    if (art) for (const [id, { pfad }] of await art.kurz(tx, gleiche.map((z) => z.id))) pfade.set(id, pfad);
  }
  return pfade;
}

/** Shown hits with everything a page needs, in a fixed number of queries. */
export async function presentTreffer(tx: ReadTx, seite: readonly { fund: Fund; umfang: Umfang | 'kennzeichen' }[], v: Vorhaben, umfang: Umfang): Promise<z.input<typeof Treffer>[]> {
  const zeilen = new Map((await readZeilen(tx, seite.map((s) => s.fund.id))).map((z) => [z.id, z]));
  const alle = [...zeilen.values()];
  const [orte, rechte, pfade, einheiten, oes] = [
    await readOrte(tx, alle, v.sicht), await readRechte(tx, alle, v.sicht), await readPfade(tx, alle),
    await getAktenplaneinheitenKurz(tx, alle.flatMap((z) => z.aktenplaneinheit_id ?? [])), await getOrganisationseinheitenKurz(tx, alle.flatMap((z) => z.organisationseinheit_id ?? [])),
  ];
  await noteGezeigt(tx, alle.filter((z) => rechte.has(z.id)));
  const finde = erstelleFinder(v.begriffe, umfang, v.werkzeug);
  return seite.flatMap(({ fund, umfang: durch }) => {
    const z = zeilen.get(fund.id);
    const darf = rechte.get(fund.id);
    if (!z || !darf) return [];
    const einheit = z.aktenplaneinheit_id ? einheiten.get(z.aktenplaneinheit_id) : undefined;
    const oe = z.organisationseinheit_id ? oes.get(z.organisationseinheit_id) : undefined;
    return [{
      id: z.id, typ: z.typ, titel: titelVon(z, v.sicht), titelTeile: v.sicht.verdecktDurch(z) === null ? markiere(z.titel, finde) : [{ text: titelVon(z, v.sicht), treffer: false }], kennzeichen: z.kennzeichen, datum: z.datum, art: z.art, status: z.status, umfang: durch,
      schnipsel: schnipselVon(z, v.sicht, finde),
      ort: [z.akte_id, z.vorgang_id].flatMap((id) => (id && id !== z.id ? orte.get(id) ?? [] : [])),
      aktenplaneinheit: einheit ? { id: einheit.id, kennzeichen: einheit.kennzeichen, bezeichnung: einheit.bezeichnung } : null,
      organisationseinheit: oe ? { id: oe.id, kennzeichen: oe.kennzeichen, bezeichnung: oe.bezeichnung } : null,
      pfad: pfade.get(z.id) ?? null, rechte: [...darf],
    }];
  });
}

const titelVon = (z: Pick<Zeile, 'typ' | 'schutz_id' | 'id' | 'akte_id' | 'vorgang_id' | 'titel'>, sicht: Sicht) => {
  const klasse = sicht.verdecktDurch(z);
  return klasse === null ? z.titel : verdeckt(klasse);
};

/** From the content, where it may be read and holds a hit; else from the metadata. */
function schnipselVon(z: Zeile, sicht: Sicht, finde: Finder) {
  if (sicht.verdecktDurch(z) !== null) return [];
  const inhalt = sicht.darfLesen(z) ? z.inhalt : '';
  if (!z.zusatz) return schneide(inhalt, finde);
  const ausZusatz = finde(z.zusatz, 1).length > 0;
  return schneide(inhalt && (!ausZusatz || finde(inhalt, 1).length) ? inhalt : z.zusatz, finde);
}
