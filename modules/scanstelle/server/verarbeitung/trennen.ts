import { randomInt } from 'node:crypto';
import { findZustaendige } from '#modules/schriftgut/server/index.ts';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Analyse } from '../angaben.ts';
import { readDeckblattcode, type Deckblattziel } from '../bild/index.ts';
import { lockStapelJob, setStapel } from '../commands.ts';
import { profilVon, readSeitenVon, type SeiteRow } from '../queries.ts';
import type { ScanstelleTables } from '../tables.gen.ts';
import { drawStichprobe, separateBriefe, type Getrennt, type Trennseite } from '../trennen.ts';

const db = tables<ScanstelleTables>();

/** What our cover sheets on the page say; a code of ours that does not verify is named as such. */
function deckblaetterOf(a: Analyse, schluessel: string | undefined) {
  return (a.codes ?? []).filter((c) => c.art === 'qr').flatMap((c) => {
    const ziel = readDeckblattcode(c.wert, schluessel ?? '');
    return ziel === 'fremd' ? [] : [ziel];
  });
}
const toTrennseite = (s: SeiteRow, schluessel: string | undefined): Trennseite => {
  const a = s.befund as Analyse;
  return { id: s.id, rohdateiId: s.rohdatei_id, seite: s.seite, analyse: a.leer ? { leer: a.leer, codes: a.codes ?? [], codefehler: a.codefehler ?? [], widerspruch: a.widerspruch ?? false } : null, deckblaetter: deckblaetterOf(a, schluessel) };
};

/** Where the letter goes by its cover sheet: its office, and the Akte or Vorgang. Undefined: that is not there any more, or closed. */
async function resolveZiel(tx: ReadTx, ziele: readonly Deckblattziel[]) {
  const oes = await getOrganisationseinheitenKurz(tx, ziele.filter((z) => z.art === 'oe').map((z) => z.id));
  const zustaendig = await findZustaendige(tx, ziele.filter((z) => z.art !== 'oe').map((z) => z.id));
  return ({ art, id }: Deckblattziel) => {
    const oe = art === 'oe' ? oes.get(id)?.id : zustaendig.get(id)?.organisationseinheitId;
    return oe === undefined ? undefined : { organisationseinheit_id: oe, akte_id: art === 'akte' ? id : null, vorgang_id: art === 'vorgang' ? id : null };
  };
}

/** Pages become letters, and the system draws which of them a person must look at. */
export async function storeGetrennt(tx: WriteTx, stapelId: string) {
  const row = await lockStapelJob(tx, stapelId);
  if (row.status !== 'zerlegt') return;
  const { schluessel } = await db.write(tx).selectFrom('scanstelle.schluessel').select('schluessel').executeTakeFirst() ?? {};
  const einstellungen = profilVon(row);
  const getrennt = separateBriefe((await readSeitenVon(tx, stapelId)).map((s) => toTrennseite(s, schluessel)), einstellungen);
  const stichprobe = drawStichprobe(getrennt.briefe.length, einstellungen.stichprobe, (unter) => randomInt(unter));
  const ids = getrennt.briefe.map(() => newId());
  await insertBriefe(tx, stapelId, getrennt, ids, stichprobe);
  for (const gruppe of Map.groupBy(getrennt.seiten, (s) => `${s.status} ${s.brief ?? ''}`).values()) {
    const [erste] = gruppe;
    await db.write(tx).updateTable('scanstelle.seite').set({ status: erste!.status, brief_id: erste!.brief === null ? null : ids[erste!.brief]! }).where('id', 'in', gruppe.map((s) => s.id)).execute();
  }
  await setStapel(tx, stapelId, { status: 'zu_pruefen' });
  const anzahl = (status: string) => getrennt.seiten.filter((s) => s.status === status).length;
  await tx.record({ art: 'scanstapel.getrennt', objekte: { stapel: stapelId, brief: ids }, daten: {
    nummer: row.nummer, briefe: ids.length, seiten: anzahl('da'), leerseiten: anzahl('leer'), trennblaetter: anzahl('trennblatt'), stichprobe: { ...einstellungen.stichprobe, gezogen: [...stichprobe].toSorted((a, b) => a - b).map((i) => ids[i]!) },
  } });
}

async function insertBriefe(tx: WriteTx, stapelId: string, { briefe }: Getrennt, ids: readonly string[], stichprobe: ReadonlySet<number>) {
  if (!briefe.length) return;
  const resolve = await resolveZiel(tx, briefe.flatMap((b) => b.ziel ?? []));
  await db.write(tx).insertInto('scanstelle.brief').values(briefe.map((b, i) => {
    const ziel = b.ziel ? resolve(b.ziel) : undefined;
    const fehlt = b.ziel && !ziel ? [{ art: 'ziel_fehlt', text: 'Wohin das Deckblatt führt, gibt es nicht mehr, oder es ist abgeschlossen. Bitte festlegen, wohin der Brief gehört.' }] : [];
    return { id: ids[i]!, stapel_id: stapelId, stichprobe: stichprobe.has(i), hinweise: JSON.stringify([...b.hinweise, ...fehlt]), organisationseinheit_id: null, akte_id: null, vorgang_id: null, ...ziel };
  })).execute();
}
