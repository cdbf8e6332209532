import type { z } from 'zod';
import { attachInhalt, getInhalte, saveInhalt } from '#modules/ablage/server/index.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { StapelAnlegen } from '../contract.ts';
import { insertEingang, requireOe } from './commands.ts';
import { getKorb } from './korb.ts';
import { eingangPolicy } from './policy.ts';
import { getEingang } from './queries.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();
type Anlegen = z.output<typeof StapelAnlegen>;
/** The letters cut out of a scan, already in the store, in the order of `teile`. */
export type Geteilt = { seiten: number; teile: Stored[] };

/** Each part becomes an Eingang of its own; the scan is kept as it came. */
export async function createStapel(tx: WriteTx, { inhaltId, kanal, organisationseinheitId, posteingangsdatum, teile }: Anlegen, geteilt: Geteilt) {
  const oe = await requireOe(tx, organisationseinheitId);
  await eingangPolicy.authorizeIn(tx, 'eingang.anlegen', await getKorb(tx, oe));
  const original = await attachInhalt(tx, inhaltId);
  const id = newId();
  await db.write(tx).insertInto('posteingang.stapel').values({ id, inhalt_id: original.id, seiten: geteilt.seiten }).execute();
  const ids: string[] = [];
  for (const [i, { von, bis, betreff, absender }] of teile.entries()) {
    const seiten = von === bis ? `Seite ${von}` : `Seiten ${von}-${bis}`;
    const teilId = await saveInhalt(tx, geteilt.teile[i]!, { mime: 'application/pdf', dateiname: `${original.dateiname.replace(/\.pdf$/i, '')}, ${seiten}.pdf` });
    const inhalt = (await getInhalte(tx, [teilId])).get(teilId)!;
    ids.push(await insertEingang(tx, { inhalt, kanal, organisationseinheitId: oe, betreff, absender, posteingangsdatum, stapel: { id, von, bis } }));
  }
  await tx.record({ art: 'eingang.stapel_geteilt', objekte: { stapel: id, inhalt: original.id, eingang: ids }, daten: { dateiname: original.dateiname, seiten: geteilt.seiten, teile: teile.map(({ von, bis }) => [von, bis]) } });
  const eingaenge = [];
  for (const eingangId of ids) eingaenge.push(await getEingang(tx, eingangId));
  return { eingaenge };
}
