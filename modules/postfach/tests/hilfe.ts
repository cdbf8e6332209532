import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { ImapFlow } from 'imapflow';
import { api as posteingang } from '#modules/posteingang/contract.ts';
import { download, newPosteingang, runJob } from '#modules/posteingang/tests/hilfe.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import type { Dovecot } from '#platform/testing/dovecot.ts';
import { queryAs } from '#platform/testing/test.ts';
import { api, type PostfachId } from '../contract.ts';
import { abrufJob } from '../server/jobs.ts';

/** One mailbox of a real server, as its owner sees it. */
export async function openKonto(dovecot: Dovecot, benutzer: string = randomUUID()) {
  const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imap, secure: false, doSTARTTLS: false, auth: { user: benutzer, pass: dovecot.kennwort }, logger: false, disableAutoIdle: true });
  client.on('error', () => {});
  await client.connect();
  return {
    benutzer, client,
    append: async (inhalt: string | Buffer, ordner = 'INBOX') => { await client.append(ordner, Buffer.from(inhalt as string), [], new Date('2026-11-20T08:00:00Z')); },
    anzahl: async (ordner = 'INBOX') => { const s = await client.status(ordner, { messages: true }).catch(() => false as const); return s ? s.messages ?? 0 : 0; },
    async ende() { await client.logout().catch(() => {}); client.close(); },
  };
}

export const mail = (n: number | string, { von = 'Erika Muster <erika@example.org>', betreff = `Nachricht ${n}`, kopf = '', text = `Inhalt der Nachricht ${n}.` } = {}) =>
  `From: ${von}\r\nTo: amt@stadt.example\r\nSubject: ${betreff}\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\nMessage-ID: <${n}@example.org>\r\n${kopf}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;

/** A Mandant with mailboxes; what they hold is fetched with `hole`, as the worker does it. */
export async function newPost(dovecot: Dovecot) {
  const pe = await newPosteingang();
  const { mandant, registratur } = pe;
  const create = async (benutzername: string, more: object = {}) => registratur.call(api.createPostfach, { body: {
    bezeichnung: `Postfach ${benutzername.slice(0, 8)}`, organisationseinheitId: mandant.oe('63.1') as never, host: '127.0.0.1', port: dovecot.imap, sicherheit: 'keine', benutzername, kennwort: dovecot.kennwort, ...more,
  } });
  const hole = (postfachId: string, more: object = {}) => runJob(abrufJob, { postfachId }, { mandantId: mandant.mandantId, ...more });
  /** Until nothing is left to do, as the jobs that queue each other. */
  const holeAlles = async (postfachId: PostfachId, runden = 60, more: object = {}) => {
    for (let i = 0; i < runden; i++) {
      await hole(postfachId, more);
      if (!(await registratur.call(api.getPostfach, { params: { id: postfachId } })).stand.laeuft) return;
    }
    throw new Error('the mailbox does not become empty');
  };
  const eingaenge = async () => { // all of them, over pages
    const alle = [];
    for (let cursor: string | undefined; ;) {
      const seite = await registratur.call(posteingang.listEingaenge, { query: { sort: 'eingegangen', limit: 200, ...(cursor && { cursor }) } as never });
      alle.push(...seite.eintraege);
      if (!seite.weiter) return alle;
      cursor = seite.weiter;
    }
  };
  const nachrichten = () => queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandant.mandantId}`)}`, 'select * from postfach.nachricht order by id') as Promise<{ message_id: string; uid: string; uidvalidity: string; quittiert: Date | null; zustand: string; eingang_id: string; sha256: string }[]>;
  const original = async (eingangId: string) => {
    const e = await registratur.call(posteingang.getEingang, { params: { id: eingangId as never } });
    return (await download(registratur, e.inhaltId!)).rawPayload;
  };
  return { ...pe, create, hole, holeAlles, eingaenge, nachrichten, original };
}

/** Stands between client and server and cuts the line after so many bytes of what the server sends; `Infinity` lets it all pass. */
export async function startSchnitt(ziel: number, nachBytes: () => number) {
  const sockets = new Set<Socket>();
  const server = createServer((hier) => {
    const dort = createConnection(ziel, '127.0.0.1');
    let rest = nachBytes();
    for (const s of [hier, dort]) { sockets.add(s); s.on('error', () => {}); s.on('close', () => { sockets.delete(s); hier.destroy(); dort.destroy(); }); }
    hier.pipe(dort);
    dort.on('data', (piece: Buffer) => {
      if (piece.length <= rest) { rest -= piece.length; hier.write(piece); return; }
      hier.write(piece.subarray(0, rest), () => { hier.destroy(); dort.destroy(); });
      rest = 0;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, async stop() { for (const s of sockets) s.destroy(); await new Promise((r) => { server.close(r); }); } };
}
