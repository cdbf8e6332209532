import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { cleanDateiname } from '#modules/ablage/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import type { Io } from '#platform/server/io.ts';
import { job } from '#platform/server/module.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import { listBekannte, readOrdnername, storeOrdnerdatei, type Ordnerdatei } from './ordner.ts';

/** Where files go once their Eingang is committed, and those that can never become one. */
const FERTIG = 'erledigt', FEHLER = 'fehler';
/** A file that changed within this time may still be on its way. */
const RUHE_MS = 3000, PROBE_MS = 1000;
const MAX_JE_LAUF = 500;
const mimeVon: Record<string, string> = { pdf: 'application/pdf', tif: 'image/tiff', tiff: 'image/tiff', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', eml: 'message/rfc822', msg: 'application/vnd.ms-outlook', txt: 'text/plain' };
const mime = (name: string) => mimeVon[name.split('.').at(-1)!.toLowerCase()] ?? 'application/octet-stream';

const gleich = (a: { size: number; mtimeMs: number }, b: { size: number; mtimeMs: number } | undefined) => b !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs;
const statOf = (path: string) => stat(path).catch(() => undefined);

/** Files of the folder and of its subfolders one level down; hidden ones and what scanners call unfinished are left alone. */
async function listDateien(root: string): Promise<string[]> {
  const unfinished = /^[.~]|\.(tmp|part|partial|crdownload|filepart)$/i;
  const read = async (folder: string) => (await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])).filter((e) => !unfinished.test(e.name));
  const top = await read('');
  const below = await Promise.all(top.filter((e) => e.isDirectory() && e.name !== FERTIG && e.name !== FEHLER).map(async (d) => (await read(d.name)).filter((e) => e.isFile()).map((e) => `${d.name}/${e.name}`)));
  return [...top.filter((e) => e.isFile()).map((e) => e.name), ...below.flat()].toSorted().slice(0, MAX_JE_LAUF);
}

/** Looks at the folder twice: only what has not changed in between, and for a while before, is complete. */
async function findRuhende(root: string): Promise<string[]> {
  const first = new Map<string, Awaited<ReturnType<typeof statOf>>>();
  for (const pfad of await listDateien(root)) first.set(pfad, await statOf(join(root, pfad)));
  if (!first.size) return [];
  await wait(PROBE_MS);
  const ruhig: string[] = [];
  for (const [pfad, before] of first) if (before && Date.now() - before.mtimeMs >= RUHE_MS && gleich(before, await statOf(join(root, pfad)))) ruhig.push(pfad);
  return ruhig;
}

const datei = z.object({ pfad: z.string() });
const dateiJob = { name: 'posteingang.ordner_datei', payload: datei };
const bewegen = { name: 'posteingang.ordner_abschliessen', payload: z.object({ pfad: z.string(), geaendert: z.iso.datetime(), ziel: z.enum([FERTIG, FEHLER]) }) };

/** Every minute: what lies in the folder is queued, each file for itself. */
export const ordnerPruefen = job({
  name: 'posteingang.ordner', payload: z.object({}), rechte: [],
  load: (tx) => readOrdnername(tx),
  async work(io, name) {
    const root = io.config.EINGANG_ORDNER;
    if (!root || !name) return [];
    await mkdir(join(root, name), { recursive: true }).catch(() => {});
    return findRuhende(join(root, name));
  },
  async store(tx, pfade) { for (const pfad of pfade) await tx.enqueue(dateiJob, { pfad }, { key: `ordner:${pfad}` }); },
});

type Gelesen = { art: 'weg' } | { art: 'leer' | 'bekannt'; datei: Ordnerdatei } | { art: 'neu'; datei: Ordnerdatei; stored: Stored & { dateiname: string; mime: string } };

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

async function readDatei(io: Io, ctx: RequestContext, root: string, pfad: string, bekannt: (d: Ordnerdatei) => boolean): Promise<Gelesen> {
  const path = join(root, pfad);
  const before = await statOf(path);
  if (!before?.isFile()) return { art: 'weg' };
  const geaendert = new Date(Math.trunc(before.mtimeMs)).toISOString();
  if (before.size === 0) return { art: 'leer', datei: { pfad, sha256: '', geaendert } };
  const vorab = { pfad, sha256: await hashOf(path), geaendert };
  if (bekannt(vorab)) return { art: 'bekannt', datei: vorab };
  const stored = await io.storage.put(ctx.mandantId, createReadStream(path));
  // changed while it was read: the next look takes it, and these bytes belong to nobody
  if (stored.sha256 !== vorab.sha256 || !gleich(before, await statOf(path))) { await io.storage.delete(ctx.mandantId, stored.key); return { art: 'weg' }; }
  return { art: 'neu', datei: vorab, stored: { ...stored, dateiname: cleanDateiname(basename(pfad)), mime: mime(pfad) } };
}

/** One file becomes one Eingang. The file itself is moved by a job that is queued in the same transaction, so never before the commit. */
export const ordnerDatei = job({
  ...dateiJob, rechte: [], queue: 'posteingang.ordner', long: true,
  load: async (tx, { pfad }) => ({ pfad, name: await readOrdnername(tx), bekannte: await listBekannte(tx, pfad) }),
  async work(io, { pfad, name, bekannte }, ctx): Promise<Gelesen> {
    const root = io.config.EINGANG_ORDNER;
    if (!root || !name || pfad.split('/').some((teil) => teil === '..' || teil === '')) return { art: 'weg' };
    return readDatei(io, ctx, join(root, name), pfad, (d) => bekannte.some((b) => b.sha256 === d.sha256 && new Date(b.geaendert).getTime() === new Date(d.geaendert).getTime()));
  },
  store: (tx, gelesen) => storeGelesen(tx, gelesen),
});
async function storeGelesen(tx: WriteTx, gelesen: Gelesen) {
  if (gelesen.art === 'weg') return;
  if (gelesen.art === 'neu') await storeOrdnerdatei(tx, gelesen.datei, gelesen.stored);
  await tx.enqueue(bewegen, { pfad: gelesen.datei.pfad, geaendert: gelesen.datei.geaendert, ziel: gelesen.art === 'leer' ? FEHLER : FERTIG });
}

/** After the commit: out of the way, under a name that overwrites nothing. May run twice. */
export const ordnerAbschliessen = job({
  ...bewegen, rechte: [],
  load: async (tx, payload) => ({ ...payload, name: await readOrdnername(tx) }),
  async work(io, { pfad, geaendert, ziel, name }) {
    const root = io.config.EINGANG_ORDNER;
    if (!root || !name) return;
    const von = join(root, name, pfad);
    const jetzt = await statOf(von);
    // gone already, or another file has taken its name meanwhile
    if (!jetzt || Math.trunc(jetzt.mtimeMs) !== new Date(geaendert).getTime()) return;
    const nach = join(root, name, ziel, `${geaendert.replace(/[:.]/g, '-')} ${pfad.replaceAll('/', ' ')}`);
    await mkdir(dirname(nach), { recursive: true });
    await rename(von, nach);
  },
  store: async () => {},
});
