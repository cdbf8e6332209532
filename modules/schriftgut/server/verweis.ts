import type { z } from 'zod';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { objekttypen, type Objekttyp, type VerweisAnlegen } from '../contract.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

/** A Verweis stands at an object and is part of its metadata: who may change those may set it. */
const authorizeBearbeiten = (tx: ReadTx, typ: Objekttyp, id: string): Promise<unknown> =>
  typ === 'akte' ? aktePolicy.authorize(tx, 'akte.bearbeiten', id) : typ === 'vorgang' ? vorgangPolicy.authorize(tx, 'vorgang.bearbeiten', id) : dokumentPolicy.authorize(tx, 'dokument.bearbeiten', id);

export async function createVerweis(tx: WriteTx, input: z.output<typeof VerweisAnlegen>) {
  await authorizeBearbeiten(tx, input.von.typ, input.von.id);
  const ziele = input.zielId === undefined ? [] : await readZiele(tx, [input.zielId], []);
  // A target that one may not see is refused like one that does not exist: the Verweis must tell nobody that it does.
  if (input.zielId !== undefined && !ziele.length) throw NotFound('Ziel des Verweises');
  const ziel = ziele[0];
  const id = newId();
  const kennzeichen = input.zielKennzeichen ?? ziel?.kennzeichen ?? null;
  await db.write(tx).insertInto('schriftgut.verweis').values({
    id, [`${input.von.typ}_id`]: input.von.id, ziel_typ: ziel?.typ ?? input.zielTyp ?? null, ziel_uuid: input.zielId ?? null,
    ziel_kennzeichen: kennzeichen, ziel_kennzeichen_norm: kennzeichen === null ? null : normalizeAktenzeichen(kennzeichen), ziel_behoerde: input.zielBehoerde ?? null, bemerkung: input.bemerkung ?? null,
  }).execute();
  await tx.record({ art: 'verweis.angelegt', objekte: { [input.von.typ]: input.von.id, verweis: id, ...(ziel && { [ziel.typ]: [...(ziel.typ === input.von.typ ? [input.von.id] : []), ziel.id] }) }, daten: { kennzeichen } });
  return { id };
}

export async function deleteVerweis(tx: WriteTx, id: string) {
  const row = await db.write(tx).selectFrom('schriftgut.verweis').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw NotFound('Verweis');
  const typ = objekttypen.find((t) => row[`${t}_id`] !== null)!;
  const von = row[`${typ}_id`]!;
  await authorizeBearbeiten(tx, typ, von);
  await db.write(tx).deleteFrom('schriftgut.verweis').where('id', '=', id).execute();
  await tx.record({ art: 'verweis.entfernt', objekte: { [typ]: von, verweis: id }, daten: { kennzeichen: row.ziel_kennzeichen } });
}

type Ziel = { typ: Objekttyp; id: string; kennzeichen: string; kennzeichen_norm: string; betreff: string; frueher: string[] };
/** Targets that exist and that the Akteur may see, by id or by Kennzeichen now or formerly. */
async function readZiele(tx: ReadTx, ids: readonly string[], norms: readonly string[]): Promise<Ziel[]> {
  if (!ids.length && !norms.length) return [];
  const frueher = norms.length ? await db.read(tx).selectFrom('schriftgut.frueheres_kennzeichen').select(['akte_id', 'vorgang_id', 'dokument_id', 'kennzeichen_norm']).where('kennzeichen_norm', 'in', [...norms]).execute() : [];
  const alle = [...new Set([...ids, ...frueher.map((f) => (f.akte_id ?? f.vorgang_id ?? f.dokument_id)!)])];
  const namedBy = (id: string) => frueher.filter((f) => (f.akte_id ?? f.vorgang_id ?? f.dokument_id) === id).map((f) => f.kennzeichen_norm);
  const one = async (typ: Objekttyp) => {
    const rows = typ === 'akte'
      ? await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'schutz_id', 'aktenzeichen as kennzeichen', 'aktenzeichen_norm as kennzeichen_norm', 'storniert_am']).select((await aktePolicy.lesbar(tx, 'betreff')).as('betreff'))
        .where((eb) => eb.or([...(alle.length ? [eb('id', 'in', alle)] : []), ...(norms.length ? [eb('aktenzeichen_norm', 'in', [...norms])] : [])])).where(await aktePolicy.visible(tx, 'akte.sehen')).execute()
      : typ === 'vorgang'
        ? await db.read(tx).selectFrom('schriftgut.vorgang').select(['id', 'schutz_id', 'kennzeichen', 'kennzeichen_norm', 'storniert_am']).select((await vorgangPolicy.lesbar(tx, 'betreff')).as('betreff'))
          .where((eb) => eb.or([...(alle.length ? [eb('id', 'in', alle)] : []), ...(norms.length ? [eb('kennzeichen_norm', 'in', [...norms])] : [])])).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).execute()
        : await db.read(tx).selectFrom('schriftgut.dokument').select(['id', 'schutz_id', 'kennzeichen', 'kennzeichen_norm', 'storniert_am']).select((await dokumentPolicy.lesbar(tx, 'betreff')).as('betreff'))
          .where((eb) => eb.or([...(alle.length ? [eb('id', 'in', alle)] : []), ...(norms.length ? [eb('kennzeichen_norm', 'in', [...norms])] : [])])).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).execute();
    const gezeigt = rows.filter((r) => r.storniert_am === null);
    await { akte: aktePolicy, vorgang: vorgangPolicy, dokument: dokumentPolicy }[typ].noteGezeigt(tx, gezeigt);
    return gezeigt.map((r) => ({ typ, id: r.id, kennzeichen: r.kennzeichen, kennzeichen_norm: r.kennzeichen_norm, betreff: r.betreff, frueher: namedBy(r.id) }));
  };
  return [...await one('akte'), ...await one('vorgang'), ...await one('dokument')];
}

/** The Verweise of one object, each looked for anew: a target that has gone, or may not be seen, shows as »nicht auflösbar« (ST-09). */
export async function listVerweise(tx: ReadTx, objekt: Objekttyp, id: string) {
  const rows = await db.read(tx).selectFrom('schriftgut.verweis').selectAll().where(`${objekt}_id`, '=', id).orderBy('id').execute();
  const hier = rows.filter((r) => r.ziel_behoerde === null);
  const ziele = await readZiele(tx, hier.flatMap((r) => r.ziel_uuid ?? []), hier.flatMap((r) => (r.ziel_uuid === null ? r.ziel_kennzeichen_norm ?? [] : [])));
  return rows.map((r) => {
    const ziel = r.ziel_behoerde !== null ? undefined
      : ziele.find((z) => (r.ziel_uuid !== null ? z.id === r.ziel_uuid : z.kennzeichen_norm === r.ziel_kennzeichen_norm || z.frueher.includes(r.ziel_kennzeichen_norm ?? '')));
    return {
      id: r.id, typ: ziel?.typ ?? r.ziel_typ, zielId: ziel?.id ?? null, kennzeichen: ziel?.kennzeichen ?? r.ziel_kennzeichen, behoerde: r.ziel_behoerde, bemerkung: r.bemerkung, betreff: ziel?.betreff ?? null,
      zustand: ziel ? 'aufgeloest' as const : r.ziel_behoerde !== null ? 'extern' as const : 'nicht_aufloesbar' as const,
    };
  });
}
