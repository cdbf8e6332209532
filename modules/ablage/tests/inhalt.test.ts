import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RequestContext } from '#platform/server/context.ts';
import { ownerUrl } from '#platform/testing/database.ts';
import { ablage, database, newMandant, queryAs } from '#platform/testing/test.ts';
import { createHochgeladen } from '../server/commands.ts';
import { attachInhalt, authorizeInhalt, getInhalte, openInhalt, saveInhalt } from '../server/index.ts';
import { deleteExpired } from '../server/pruefung.ts';
import { io } from '#platform/testing/test.ts';

const { storage } = ablage;
const meta = { mime: 'application/pdf', dateiname: 'Antrag.pdf' };
async function upload(ctx: RequestContext, content = randomBytes(5000)) {
  const stored = await storage.put(ctx.mandantId, [content]);
  return { stored, ...(await database.write(ctx, (tx) => createHochgeladen(tx, stored, meta))) };
}
const attach = (ctx: RequestContext, id: string) => database.write(ctx, (tx) => attachInhalt(tx, id));
const read = async (ctx: RequestContext, id: string) => {
  const inhalt = (await database.read(ctx, (tx) => getInhalte(tx, [id]))).get(id)!;
  return Buffer.concat(await Array.fromAsync(await openInhalt(io, ctx, inhalt)));
};
const asOwner = (mandantId: string, sql: string, values: unknown[] = []) =>
  queryAs((name) => `${ownerUrl(name)}?options=${encodeURIComponent(`-c app.mandant=${mandantId}`)}`, sql, values);
const waiting = (key: string) => queryAs((name) => ownerUrl(name).replace('va_owner', 'va_worker'),
  `select 1 from graphile_worker._private_jobs where payload::text like $1`, [`%${key}%`]).then((rows) => rows.length);

test('an upload is good for one attach, by its Akteur, in its Mandant; the attach is recorded', async () => {
  const mandant = newMandant();
  const [one, other] = [mandant.as('sachbearbeitung').ctx, mandant.as('sachbearbeitung').ctx];
  const content = randomBytes(100_000);
  const { id, sha256 } = await upload(one, content);
  await expect(attach(other, id)).rejects.toMatchObject({ code: 'ablage.inhalt_unbekannt', status: 404 });
  await expect(attach(newMandant().as('sachbearbeitung').ctx, id)).rejects.toMatchObject({ status: 404 });
  await expect(attach(one, randomUUID())).rejects.toMatchObject({ status: 404 });
  expect(await attach(one, id)).toEqual({ id, sha256, groesse: 100_000, ...meta });
  await expect(attach(one, id)).rejects.toMatchObject({ code: 'ablage.inhalt_verwendet', status: 409 });
  await expect(attach(other, id)).rejects.toMatchObject({ status: 404 }); // not even that it was used is told
  expect((await read(one, id)).equals(content)).toBe(true);
  expect((await mandant.ereignisse()).map((e) => [e.art, e.objekte])).toEqual([['inhalt.angehaengt', ['inhalt']]]);
});

test('of two attaches at once exactly one succeeds', async () => {
  const { ctx } = newMandant().as('sachbearbeitung');
  const { id } = await upload(ctx);
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => attach(ctx, id)));
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
});

test('equal content is kept once in a Mandant, and nobody can tell from outside', async () => {
  const mandant = newMandant();
  const [one, two] = [mandant.as('sachbearbeitung').ctx, mandant.as('sachbearbeitung').ctx];
  const content = randomBytes(1000);
  const [a, b] = [await upload(one, content), await upload(two, content)];
  expect(a.id).not.toBe(b.id);
  expect(await waiting(b.stored.key)).toBe(1); // its bytes are to go
  expect(await waiting(a.stored.key)).toBe(0);
  for (const [ctx, id] of [[one, a.id], [two, b.id]] as const) { await attach(ctx, id); expect((await read(ctx, id)).equals(content)).toBe(true); }
  const elsewhere = await upload(newMandant().as('sachbearbeitung').ctx, content);
  expect(await waiting(elsewhere.stored.key)).toBe(0); // never across Mandanten
});

test('what is expired cannot be attached and is cleaned; what others use of the same bytes stays', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  const content = randomBytes(1000);
  const [kept, same, gone] = [await upload(ctx, content), await upload(ctx, content), await upload(ctx)];
  await attach(ctx, kept.id);
  await asOwner(mandant.mandantId, 'update ablage.hochgeladen set gueltig_bis = now()');
  for (const { id } of [same, gone]) await expect(attach(ctx, id)).rejects.toMatchObject({ status: 404 });
  expect(await database.write(mandant.system, (tx) => deleteExpired(tx))).toBe(2);
  expect([await waiting(kept.stored.key), await waiting(gone.stored.key)]).toEqual([0, 1]);
  expect((await read(ctx, kept.id)).equals(content)).toBe(true);
  expect(await asOwner(mandant.mandantId, 'select id from ablage.objekt')).toHaveLength(1);
});

test('clean-up and new use of the same bytes at the same moment lose nothing', async () => {
  const mandant = newMandant();
  const { ctx } = mandant.as('sachbearbeitung');
  for (let i = 0; i < 10; i++) {
    const content = randomBytes(100);
    await upload(ctx, content);
    await asOwner(mandant.mandantId, 'update ablage.hochgeladen set gueltig_bis = now()');
    const [, again] = await Promise.all([database.write(mandant.system, (tx) => deleteExpired(tx)), upload(ctx, content)]);
    await attach(ctx, again.id);
    const [objekt] = await asOwner(mandant.mandantId, 'select o.key from ablage.objekt o join ablage.inhalt i on i.objekt_id = o.id where i.id = $1', [again.id]);
    expect(await waiting(objekt.key)).toBe(0);
    expect((await read(ctx, again.id)).equals(content)).toBe(true);
  }
});

test('content a job made: with Ereignis, or derived, without one and replaceable', async () => {
  const mandant = newMandant();
  const source = await database.write(mandant.system, async (tx) => saveInhalt(tx, await storage.put(mandant.mandantId, [randomBytes(10)]), { mime: 'message/rfc822', dateiname: 'a.eml' }));
  const derived = await storage.put(mandant.mandantId, [randomBytes(10)]);
  const id = await database.write(mandant.system, (tx) => saveInhalt(tx, derived, { mime: 'image/webp', dateiname: 'seite-1.webp', quelleId: source }));
  const found = await database.read(mandant.system, (tx) => getInhalte(tx, [source, id, randomUUID()]));
  expect([...found.values()].map((i) => [i.id, i.quelleId, i.groesse]).toSorted()).toEqual([[source, null, 10], [id, source, 10]].toSorted());
  expect((await mandant.ereignisse()).map((e) => e.art)).toEqual(['inhalt.angehaengt']);
});

test('reading: the own upload yes, anything no object gives access to no', async () => {
  const mandant = newMandant();
  const [one, other] = [mandant.as('sachbearbeitung').ctx, mandant.as('sachbearbeitung').ctx];
  const { id } = await upload(one);
  const may = (ctx: RequestContext) => database.read(ctx, (tx) => authorizeInhalt(tx, id));
  expect(await may(one)).toMatchObject({ id });
  await expect(may(other)).rejects.toMatchObject({ status: 404 });
  await attach(one, id);
  await expect(may(one)).rejects.toMatchObject({ status: 404 }); // from now on only through the object that uses it
});
