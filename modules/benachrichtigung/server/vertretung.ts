import { getBenutzerKurz, listVertreterVon } from '#modules/organisation/server/index.ts';
import { readAs, type ReadTx } from '#platform/server/tx.ts';
import type { Neuigkeit } from './commands.ts';

/**
 * Who acts for somebody today hears of the objects that concern them, as far as the Vertretung reaches: with whom it is for, without a title (which would be
 * read under one's own rights), and with an address that leads into the Vertretung.
 */
export async function listFuerVertreter(tx: ReadTx, neu: readonly Neuigkeit[]): Promise<Neuigkeit[]> {
  const ueberObjekte = neu.filter((n) => n.objekt);
  const vertreter = await listVertreterVon(tx, ueberObjekte.map((n) => n.benutzerId));
  const namen = await getBenutzerKurz(tx, vertreter.map((v) => v.benutzerId));
  const result: Neuigkeit[] = [];
  for (const v of vertreter) {
    const augen = readAs(tx, v.akteur);
    for (const n of ueberObjekte.filter((o) => o.benutzerId === v.benutzerId)) {
      const schonSelbst = neu.some((o) => o.benutzerId === v.vertreterId && o.anlass === n.anlass && o.objekt?.id === n.objekt!.id);
      const art = tx.extensions('schutzobjekt').find((s) => s.typ === n.objekt!.typ);
      if (schonSelbst || !(await art?.kurz(augen, [n.objekt!.id]))?.has(n.objekt!.id)) continue;
      const { objekt: _, zusatz: __, ...rest } = n;
      result.push({ ...rest, benutzerId: v.vertreterId, satz: `${n.satz} – in Vertretung für ${namen.get(v.benutzerId)?.name ?? ''}`, pfad: `/fuer/${v.id}${n.pfad}` });
    }
  }
  return result;
}
