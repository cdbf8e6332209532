import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import { withOrdner } from '#modules/aufbereitung/server/konverter/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import type { Io } from '#platform/server/io.ts';
import { job } from '#platform/server/module.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { GERADE_AB, type Analyse } from '../angaben.ts';
import * as auftraege from '../auftraege.ts';
import { baueScanPdf, bearbeiteSeite, makeVorschau, readSeiten, ScanbildFehler, type Scanmime, type Scanseite, type Winkel } from '../bild/index.ts';
import { readManifest, type GelesenesManifest } from '../manifest.ts';
import { scanmimeVon } from '../stapel.ts';
import { loadBriefe, storeBriefe, type GeschriebenerBrief, type OffenerBrief, type Rohinhalt } from './briefe.ts';
import { storeGetrennt } from './trennen.ts';
import { loadManifest, loadSeiten, storeGesammelt, storeSeiten, storeZerlegt, type GeleseneSeite, type GeleseneSeiten } from './zerlegen.ts';

/** Pages a run looks at before it queues up again behind the others. */
const SEITEN_JE_LAUF = 20;
const MAX_MANIFEST = 1_000_000;
const BREITE = { seite: 1_240, daumen: 240 };

async function readText(io: Io, ctx: RequestContext, inhalt: Inhalt): Promise<GelesenesManifest> {
  if (inhalt.groesse > MAX_MANIFEST) return { fehler: 'Das Manifest ist zu groß.' };
  const teile: Buffer[] = [];
  for await (const teil of await openInhalt(io, ctx, inhalt)) teile.push(teil as Buffer);
  return readManifest(Buffer.concat(teile).toString('utf8'));
}

export const sammeln = job({
  ...auftraege.sammeln, rechte: [],
  load: async (tx, { stapelId }) => ({ stapelId, manifest: await loadManifest(tx, stapelId) }),
  work: async (io, { stapelId, manifest }, ctx) => ({ stapelId, gelesen: manifest && await readText(io, ctx, manifest) }),
  store: (tx, { stapelId, gelesen }) => storeGesammelt(tx, stapelId, gelesen),
});

async function fetchDatei(io: Io, ctx: RequestContext, inhalt: Inhalt, ziel: string): Promise<string> {
  await pipeline(await openInhalt(io, ctx, inhalt), createWriteStream(ziel, { mode: 0o600 }));
  return ziel;
}

/** The picture people look at is the page as it will be: turned and straightened as the profile says. */
async function renderSeite(seite: Scanseite, ausrichten: boolean): Promise<{ analyse: Analyse; bilder?: { seite: Buffer; daumen: Buffer } }> {
  if ('fehler' in seite) return { analyse: { fehler: seite.fehler.text } };
  const { analyse } = seite;
  const gerade = ausrichten && analyse?.schraege && Math.abs(analyse.schraege) >= GERADE_AB ? analyse.schraege : null;
  const drehung = ausrichten ? analyse?.drehung.grad ?? 0 : 0;
  const bild = gerade !== null || drehung ? await bearbeiteSeite(seite.bild, { drehung: drehung as Winkel, ...(gerade !== null && { gerade }) }) : seite.bild;
  const gross = await makeVorschau(bild, BREITE.seite);
  const quer = drehung === 90 || drehung === 270;
  const bildgroesse = { breite: quer ? seite.hoehe : seite.breite, hoehe: quer ? seite.breite : seite.hoehe };
  return { analyse: { ...analyse!, drehung: { ...analyse!.drehung, grad: drehung as Winkel }, gerade, bild: bildgroesse }, bilder: { seite: gross, daumen: await makeVorschau(bild, BREITE.daumen) } };
}

async function readPages(io: Io, ctx: RequestContext, { stapelId, datei, inhalt, ausrichten }: NonNullable<Awaited<ReturnType<typeof loadSeiten>>>): Promise<GeleseneSeiten | { stapelId: string; fertig: true }> {
  if (!datei || !inhalt) return { stapelId, fertig: true };
  const kopf = { stapelId, dateiId: datei.id, ab: datei.gelesen };
  const mime = scanmimeVon(datei.dateiname);
  if (!mime) return { ...kopf, fehler: 'Das ist keine Scandatei: lesbar sind PDF, TIFF, JPEG und PNG.' };
  return withOrdner(async (ordner) => {
    const seiten: GeleseneSeite[] = [], bytes: Buffer[] = [];
    let anzahl = 0, von = 0;
    const pack = (bild: Buffer) => { bytes.push(bild); von += bild.length; return { von: von - bild.length, laenge: bild.length }; };
    try {
      for await (const s of readSeiten(await fetchDatei(io, ctx, inhalt, join(ordner, 'quelle')), mime as Scanmime, { analyse: {}, von: datei.gelesen + 1 })) {
        anzahl = s.anzahl;
        const { analyse, bilder } = await renderSeite(s, ausrichten).catch((error: unknown) => { if (error instanceof ScanbildFehler) return { analyse: { fehler: error.message } as Analyse, bilder: undefined }; throw error; });
        seiten.push({ nummer: s.nummer, analyse, ...(bilder && { bild: pack(bilder.seite), daumen: pack(bilder.daumen) }) });
        if (seiten.length >= SEITEN_JE_LAUF) break;
      }
    } catch (error) { if (error instanceof ScanbildFehler) return { ...kopf, fehler: error.message }; throw error; }
    const paket = bytes.length ? await io.storage.put(ctx.mandantId, bytes) : undefined;
    failpoint('scan.bilder_gespeichert');
    return { ...kopf, anzahl, seiten, paket, quelleId: inhalt.id };
  });
}

export const zerlegen = job({
  ...auftraege.zerlegen, rechte: [], long: true,
  load: (tx, { stapelId }) => loadSeiten(tx, stapelId),
  work: async (io, geladen, ctx) => geladen && readPages(io, ctx, geladen),
  store: async (tx, gelesen) => { if (gelesen) await ('fertig' in gelesen ? storeZerlegt(tx, gelesen.stapelId) : storeSeiten(tx, gelesen)); },
});

export const trennen = job({
  ...auftraege.trennen, rechte: [],
  load: async (_tx, { stapelId }) => stapelId, work: async (_io, id) => id, store: (tx, id) => storeGetrennt(tx, id),
});

async function writeBrief(io: Io, ctx: RequestContext, brief: OffenerBrief, dateien: ReadonlyMap<string, { pfad: string; roh: Rohinhalt }>, erstellt: Date): Promise<GeschriebenerBrief> {
  const seiten = brief.seiten.map((s) => {
    const { pfad, roh } = dateien.get(s.dateiId)!;
    const bearbeitung = { ...(s.drehung && { drehung: s.drehung as Winkel }), ...(s.gerade !== null && { gerade: s.gerade }) };
    return { datei: pfad, mime: scanmimeVon(roh.datei.dateiname) as Scanmime, seite: s.seite, ...(Object.keys(bearbeitung).length && { bearbeitung }) };
  });
  const stored = await baueScanPdf(seiten, { titel: brief.titel, erstellt }, (stream) => io.storage.put(ctx.mandantId, stream()));
  failpoint('scan.brief_gespeichert');
  return { id: brief.id, stored, quelleId: dateien.get(brief.seiten[0]!.dateiId)!.roh.inhalt.id, dateiname: `${brief.titel}.pdf` };
}

export const briefe = job({
  ...auftraege.briefe, rechte: [], long: true,
  load: (tx, { stapelId }) => loadBriefe(tx, stapelId),
  work: async (io, geladen, ctx) => geladen && withOrdner(async (ordner) => {
    const dateien = new Map<string, { pfad: string; roh: Rohinhalt }>();
    for (const [i, roh] of geladen.dateien.entries()) dateien.set(roh.datei.id, { pfad: await fetchDatei(io, ctx, roh.inhalt, join(ordner, `quelle-${i}`)), roh });
    const geschrieben: GeschriebenerBrief[] = [];
    for (const brief of geladen.offene) geschrieben.push(await writeBrief(io, ctx, brief, dateien, new Date(geladen.erstellt)));
    return { stapelId: geladen.stapelId, version: geladen.version, geschrieben };
  }),
  store: async (tx, ergebnis) => { if (ergebnis) await storeBriefe(tx, ergebnis); },
});
