import { z } from 'zod';
import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import type { Io } from '#platform/server/io.ts';
import { tables } from '#platform/server/tx.ts';
import { sendenJob } from './auftraege.ts';
import { createBenachrichtigungen, type Neuigkeit } from './commands.ts';
import { listFuerVertreter } from './vertretung.ts';
import { loadVersand } from './queries.ts';
import type { BenachrichtigungTables } from './tables.gen.ts';

const db = tables<BenachrichtigungTables>();

/** Asks every Anlass of this Ereignis whom to tell; whoever did it need not be told. */
export const verteilen = job({
  name: 'benachrichtigung.verteilen', payload: EreignisPayloadSchema, rechte: [], maxAttempts: 8,
  async load(tx, ereignis) {
    const anlaesse = tx.extensions('benachrichtigungsanlass').filter((a) => a.ereignisse.includes(ereignis.art));
    const neu: Neuigkeit[] = [];
    for (const a of anlaesse) for (const e of await a.create(tx, ereignis)) if (e.benutzerId !== ereignis.akteurId) neu.push({ anlass: a.schluessel, vorgabe: a.vorgabe, ...e });
    return { ereignisId: ereignis.ereignisId, neu: [...neu, ...(await listFuerVertreter(tx, neu)).filter((n) => n.benutzerId !== ereignis.akteurId)] };
  },
  work: async (_io, data) => data,
  store: (tx, { ereignisId, neu }) => createBenachrichtigungen(tx, ereignisId, neu),
});

/** Never what it is about: a mail leaves the house, and is still there when the right to see it is not. */
type Eintrag = { satz: string; pfad: string };
export function renderMail(eintraege: readonly Eintrag[], webAdresse: string) {
  const lines = eintraege.map((e) => `${e.satz}\n${webAdresse}${e.pfad}`);
  return {
    betreff: eintraege.length === 1 ? 'Verbundakte: eine neue Benachrichtigung' : `Verbundakte: ${eintraege.length} neue Benachrichtigungen`,
    text: `${lines.join('\n\n')}\n\nWorüber Sie auf welchem Weg benachrichtigt werden, stellen Sie hier ein:\n${webAdresse}/benachrichtigungen/einstellungen\n`,
  };
}

const senden = async (io: Io, { ids, mails }: Awaited<ReturnType<typeof loadVersand>>) => {
  for (const { an, eintraege } of mails) await io.sendMail({ an, ...renderMail(eintraege, io.config.OEFFENTLICHE_URL ?? `http://127.0.0.1:${io.config.PORT}`) });
  return ids;
};
async function markGesendet(tx: Parameters<typeof createBenachrichtigungen>[0], ids: readonly string[]) {
  if (ids.length) await db.write(tx).updateTable('benachrichtigung.benachrichtigung').set({ versand: null }).where('id', 'in', [...ids]).execute();
}
export const sofort = job({ ...sendenJob, rechte: [], queue: 'mail', load: (tx, { versand }) => loadVersand(tx, versand), work: senden, store: markGesendet });
export const taeglich = job({ name: 'benachrichtigung.taeglich', payload: z.object({}), rechte: [], queue: 'mail', load: (tx) => loadVersand(tx, 'taeglich'), work: senden, store: markGesendet });

/** What has been read goes after 90 days, everything after a year: the Ereignis stays. */
export const aufraeumen = job({
  name: 'benachrichtigung.aufraeumen', payload: z.object({}), rechte: [], load: async () => {}, work: async (io) => io.now().getTime(),
  async store(tx, now) {
    const before = (days: number) => new Date(now - days * 86_400_000).toISOString();
    await db.write(tx).deleteFrom('benachrichtigung.benachrichtigung').where((eb) => eb.or([eb('erstellt', '<', before(365)), eb.and([eb('gelesen_am', 'is not', null), eb('erstellt', '<', before(90))])])).execute();
  },
});
