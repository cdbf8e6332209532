import type { RequestContext } from '#platform/server/context.ts';
import type { Io } from '#platform/server/io.ts';
import { routeWithSend, type Route } from '#platform/server/module.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import type { ReadTx, WriteTx } from '#platform/server/tx.ts';
import { api, type Manifest, type Sendung } from '../contract.ts';
import { Abweisung, toAbgewiesen, toError, type Abgewiesen } from './anschluss.ts';
import { canonicalJson, checked, checkGroesse, manifestOf } from './manifest.ts';
import { receiveSendung, requireDa, requireDatei, type Gekommen, type Schritt } from './sendung-commands.ts';
import { findSendung, presentSendung, readDateien, requireAnschluss, requireSendung } from './sendung-queries.ts';

type Ergebnis = Sendung | { abgewiesen: Abgewiesen };
/** In one transaction: the step, and the delivery as it then stands. */
async function handle(tx: WriteTx, schritt: Schritt): Promise<Ergebnis> {
  const anschluss = await requireAnschluss(tx);
  const ergebnis = await receiveSendung(tx, anschluss, schritt);
  return 'abgewiesen' in ergebnis ? ergebnis : presentSendung(tx, await requireSendung(tx, anschluss, ergebnis.id));
}
/** A refusal is committed, for the page of the Anschluss, and only then told. */
async function send(_io: Io, ergebnis: Ergebnis): Promise<Sendung> {
  if ('abgewiesen' in ergebnis) throw toError(ergebnis.abgewiesen);
  return ergebnis;
}
/** What does not fit ends the work on the bytes, but not the request. */
const orRefused = <R extends object>(work: Promise<R>): Promise<R | { abgewiesen: Abgewiesen }> =>
  work.catch((error: unknown) => { if (error instanceof Abweisung) return { abgewiesen: toAbgewiesen(error) }; throw error; });

type Datei = { nr: number; name: string; groesse: number; sha256: string };
async function putDatei(io: Io, { mandantId }: RequestContext, datei: Datei, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Stored> {
  const stored = await io.storage.put(mandantId, checked(bytes, datei));
  failpoint('sendung.datei');
  return stored;
}
const putManifest = (io: Io, { mandantId }: RequestContext, manifest: unknown) => io.storage.put(mandantId, [Buffer.from(canonicalJson(manifest))]);

async function loadBekannte(tx: ReadTx, externeId: string): Promise<{ da: ReadonlySet<number>; fertig: boolean }> {
  const sendung = await findSendung(tx, await requireAnschluss(tx), externeId);
  return { da: new Set(sendung ? (await readDateien(tx, sendung.id)).filter((d) => d.upload_id !== null).map((d) => d.nr) : []), fertig: sendung?.zustand === 'angenommen' };
}
const loadSendung = async (tx: ReadTx, id: string) => { const sendung = await requireSendung(tx, await requireAnschluss(tx), id); return { sendung, dateien: await readDateien(tx, id) }; };

export const sendungsrouten: Route[] = [
  routeWithSend(api.createSendung, {
    load: (tx, { body }) => loadBekannte(tx, body.externeId),
    prepare: (io, ctx, { body }, { da, fertig }) => orRefused((async () => {
      const gekommen: Gekommen[] = [];
      if (body.abschliessen && !fertig) requireDa(body.dateien.map((d, i) => ({ ...d, nr: i + 1, da: d.inhalt !== undefined || da.has(i + 1) })));
      for (const [i, { inhalt, ...datei }] of body.dateien.entries()) {
        if (inhalt === undefined) continue;
        const bytes = [Buffer.from(inhalt, 'base64')];
        if (da.has(i + 1)) for await (const _ of checked(bytes, { ...datei, nr: i + 1 })); // it is there; but it must still be the same
        else gekommen.push({ nr: i + 1, stored: await putDatei(io, ctx, { ...datei, nr: i + 1 }, bytes) });
      }
      return { gekommen, abschluss: body.abschliessen && !fertig ? await putManifest(io, ctx, manifestOf(body)) : undefined };
    })()),
    handle: (tx, { body }, prepared) => handle(tx, { externeId: body.externeId, sendung: { manifest: manifestOf(body) }, ...prepared }),
    send,
  }),
  routeWithSend(api.uploadSendungsdatei, {
    load: (tx, { params }) => loadSendung(tx, params.id),
    prepare: (io, ctx, { params, upload }, { sendung, dateien }) => orRefused((async () => {
      const datei = requireDatei(dateien, params.nr);
      checkGroesse(datei, upload.groesse);
      if (datei.upload_id === null) {
        const stored = await putDatei(io, ctx, datei, upload.stream);
        return { gekommen: [{ nr: datei.nr, stored }], sha256: stored.sha256, externeId: sendung.externe_id };
      }
      for await (const _ of checked(upload.stream, datei));
      return { gekommen: [], sha256: datei.sha256, externeId: sendung.externe_id };
    })()).then((ergebnis) => ({ externeId: sendung.externe_id, ...ergebnis })),
    handle: (tx, { params }, prepared) => handle(tx, { ...prepared, sendung: { id: params.id } }),
    send,
  }),
  routeWithSend(api.closeSendung, {
    load: (tx, { params }) => loadSendung(tx, params.id),
    prepare: (io, ctx, _input, { sendung, dateien }) => orRefused((async () => {
      requireDa(dateien.map((d) => ({ ...d, da: d.upload_id !== null })));
      return { abschluss: sendung.zustand === 'angenommen' ? undefined : await putManifest(io, ctx, sendung.manifest as Manifest) };
    })()).then((ergebnis) => ({ externeId: sendung.externe_id, ...ergebnis })),
    handle: (tx, { params }, prepared) => handle(tx, { ...prepared, sendung: { id: params.id } }),
    send,
  }),
];
