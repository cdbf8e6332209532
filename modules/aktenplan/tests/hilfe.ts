import { randomUUID } from 'node:crypto';
import { database, newMandant } from '#platform/testing/test.ts';
import { api } from '../contract.ts';

export const jahr = Number(new Intl.DateTimeFormat('de-DE', { year: 'numeric', timeZone: 'Europe/Berlin' }).format(new Date()));

/** A Mandant with a plan that holds today, and a Registratur who may change it. */
export async function newPlan(ebenen = ['Hauptgruppe', 'Gruppe', 'Untergruppe', 'Betreffseinheit']) {
  const mandant = newMandant();
  const { call, ctx, id: token } = mandant.as('registratur');
  const plan = await call(api.createAktenplan, { body: { bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01', ebenen } });
  const create = (kennzeichen: string, more: object = {}) =>
    call(api.createAktenplaneinheit, { body: { aktenplanId: plan.id, kennzeichen, betreffKurz: `Einheit ${kennzeichen}`, ...more } });
  /** Kennzeichen → unit; each hangs below the longest of the others it begins with. */
  async function createTree(...kennzeichen: string[]) {
    const made = new Map<string, Awaited<ReturnType<typeof create>>>();
    for (const kz of kennzeichen) {
      const upper = [...made.keys()].filter((k) => kz.startsWith(k)).toSorted((a, b) => b.length - a.length)[0];
      made.set(kz, await create(kz, { parentId: upper === undefined ? null : made.get(upper)!.id }));
    }
    return (kz: string) => made.get(kz)!.id;
  }
  return { mandant, call, ctx, token, plan, create, createTree, newId: () => randomUUID(), database };
}

/** The refusal's code and status. */
export const refusal = (answer: Promise<unknown>) => answer.then(() => 'no refusal', (e: { code: string; status: number }) => `${e.status} ${e.code}`);
