import { stufen, type Stufe } from '#platform/server/policy.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import type { z } from 'zod';
import type { Objektumzug } from '../../contract.ts';
import { forgetReichweite } from '../reichweite.ts';
import { readZugaenge, type Zugang } from './berechtigte.ts';
import { findArt } from './grundlage.ts';
import { requireWerDarf } from './warum.ts';

const HOECHSTENS = 100;
const sammlung = new Intl.Collator('de-u-co-phonebk');
const rang = (stufe: Stufe | null) => (stufe === null ? -1 : stufen.indexOf(stufe));
const stufeVon = (z: Zugang | undefined) => z?.stufen.at(-1) ?? null;

/**
 * Who would get to an object, and who no longer, by a move: it is made, the rules that decide are asked, and it is taken back. Whoever may move it learns how
 * many; their names, who may also ask who sees it.
 */
export async function previewObjektumzug(tx: WriteTx, typ: string, id: string, tun: () => Promise<unknown>): Promise<z.output<typeof Objektumzug>> {
  const stand = async () => new Map((await readZugaenge(tx, typ, id, { geprueft: true })).zugaenge.filter((z) => z.art !== 'gast').map((z) => [`${z.id} ${z.vertritt?.id ?? ''}`, z]));
  const namenErlaubt = await requireWerDarf(tx, findArt(tx, typ), id).then(() => true, () => false);
  const vorher = await stand();
  const nachher = await tx.preview(async () => { await tun(); forgetReichweite(tx); return stand(); });
  forgetReichweite(tx);
  const wechsel = [...new Set([...vorher.keys(), ...nachher.keys()])].flatMap((key) => {
    const [davor, danach] = [vorher.get(key), nachher.get(key)];
    const [von, nach] = [stufeVon(davor), stufeVon(danach)];
    const { id: person, name, funktion } = (danach ?? davor)!;
    return von === nach ? [] : [{ id: person, name, funktion, von, nach }];
  }).toSorted((a, b) => Number(rang(b.nach) < rang(b.von)) - Number(rang(a.nach) < rang(a.von)) || sammlung.compare(a.name, b.name));
  const verlieren = wechsel.filter((w) => rang(w.nach) < rang(w.von)).length;
  return { verlieren, gewinnen: wechsel.length - verlieren, personen: namenErlaubt ? wechsel.slice(0, HOECHSTENS) : null };
}
