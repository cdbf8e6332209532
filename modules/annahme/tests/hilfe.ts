import { createHash, randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { http, newPosteingang } from '#modules/posteingang/tests/hilfe.ts';
import { API } from '#platform/server/http/http.ts';
import { api, type AnschlussAnlegen, type Quittung, type Sendung } from '../contract.ts';
import type { z } from 'zod';

export { http };
export const base = `${await http.listen({ port: 0, host: '127.0.0.1' })}${API}`;
afterAll(() => http.close());

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export type Datei = { name: string; mime: string; bytes: Buffer };
export const datei = (name: string, text = `Inhalt ${randomUUID()}`, mime = 'text/plain'): Datei => ({ name, mime, bytes: Buffer.from(text) });
export const eintrag = ({ name, mime, bytes }: Datei) => ({ name, mime, groesse: bytes.length, sha256: sha256(bytes) });

type Antwort<T> = { status: number; json: T & { code?: string; title?: string; details?: { pfad: string; text: string }[] } };
/** A Fachverfahren, over the wire. */
export function newMaschine(token: string) {
  const ask = async <T>(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Antwort<T>> => {
    const answer = await fetch(base + path, { method, headers: { authorization: `Bearer ${token}`, ...headers }, ...(body !== undefined && { body }), ...(body instanceof ReadableStream && { duplex: 'half' }) } as RequestInit);
    return { status: answer.status, json: (await answer.json()) as never };
  };
  return {
    ask,
    oeffne: (manifest: object) => ask<Sendung>('POST', '/annahme/sendungen', JSON.stringify(manifest), { 'content-type': 'application/json' }),
    sende: (id: string, nr: number, bytes: Buffer | ReadableStream) => ask<Sendung>('PUT', `/annahme/sendungen/${id}/dateien/${nr}`, bytes as BodyInit, { 'content-type': 'application/octet-stream' }),
    schliesse: (id: string) => ask<Sendung & { quittung: Quittung }>('POST', `/annahme/sendungen/${id}/abschluss`),
    lies: (id: string) => ask<Sendung>('GET', `/annahme/sendungen/${id}`),
  };
}
export const manifest = (dateien: readonly Datei[], more: object = {}) => ({ externeId: `F-${randomUUID()}`, absender: 'Ada Vosskuhl', absenderArt: 'person', betreff: 'Bauantrag Lindenstraße 14', dateien: dateien.map(eintrag), ...more });

/** A Mandant with a Posteingang, an administrator and an Anschluss of the Bauamt. */
export async function newAnnahme(input: Partial<z.input<typeof AnschlussAnlegen>> = {}) {
  const welt = await newPosteingang();
  const admin = welt.mandant.as('administration', ['10'], http);
  const organisationseinheitId = welt.mandant.oe('63.1');
  const { anschluss, token } = await admin.call(api.createAnschluss, { body: { name: 'ProBaug', kanal: 'fachverfahren', organisationseinheitId: organisationseinheitId as never, ...input } });
  return { ...welt, admin, anschluss, token: token!, maschine: newMaschine(token!) };
}
