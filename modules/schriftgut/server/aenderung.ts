import { diff, type Aenderung } from '#platform/server/aenderungen.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import type { z } from 'zod';
import type { Kontakt, Objekttyp } from '../contract.ts';
import { SchriftgutErrors } from './errors.ts';
import { listKontakte, replaceKontakte } from './kontakt.ts';
import { feldnamen } from './metadaten.ts';
import { nameOf } from './namen.ts';

type Row = Record<string, any>;
const ids = { federfuehrung: ['stelle', 'federfuehrung_id'], aktenfuehrung: ['stelle', 'aktenfuehrung_id'], bearbeiter: ['person', 'bearbeiter_id'] } as const;

/** Who is in charge, how secret it is and how long it is kept: that a guest reads, and the owner decides. */
const SACHE_DES_EIGNERS = /^(federfuehrung|aktenfuehrung|bearbeiter|geheimhaltung|datenschutz|aussonderung|aufbewahrung|bewertung|transferfrist)/;

/** What a change of metadata changed, with what stands behind an id by its name; Kontakte are replaced on the way. */
export async function changesOf(tx: WriteTx, typ: Objekttyp, alt: Row & { id: string }, neu: Row, kontakte: readonly z.output<typeof Kontakt>[] | undefined): Promise<Aenderung[]> {
  const list = diff(alt as Row, neu, Object.keys(neu).filter((k) => k in feldnamen && k !== 'datenschutzstufe_code'));
  for (const [feld, [art, column]] of Object.entries(ids)) {
    if (neu[column] !== undefined && neu[column] !== alt[column]) list.push({ feld, alt: await nameOf(tx, art, alt[column] ?? null), neu: await nameOf(tx, art, neu[column]) });
  }
  if (tx.ctx.akteur.art === 'gast' && list.some(({ feld }) => SACHE_DES_EIGNERS.test(feld))) throw SchriftgutErrors.sache_des_eigners();
  if (neu.felder !== undefined) {
    const [vorher, nachher] = [alt.felder as Row, JSON.parse(neu.felder as string) as Row];
    list.push(...[...new Set([...Object.keys(vorher), ...Object.keys(nachher)])].filter((k) => vorher[k] !== nachher[k]).map((k) => ({ feld: `felder.${k}`, alt: vorher[k] ?? null, neu: nachher[k] ?? null })));
  }
  if (kontakte) {
    const namen = async () => (await listKontakte(tx, typ, alt.id)).map((k) => k.name).join('; ');
    const vorher = await namen();
    await replaceKontakte(tx, typ, alt.id, kontakte);
    list.push({ feld: 'kontakte', alt: vorher || null, neu: (await namen()) || null });
  }
  return list;
}
