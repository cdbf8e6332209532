import { z } from 'zod';
import type { Config } from '#platform/server/config.ts';
import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import { ABLEGEN_RECHTE, decideNachrichten, storeEntscheidungen } from './ablegen.ts';
import { abruf, claimFaellige, loadAbruf, releaseAbruf, storeAbruf } from './abruf.ts';
import { ZWECK } from './commands.ts';
import { receiveNachrichten, type Abholung } from './imap.ts';

/** Every minute; IDLE would hold a connection for each mailbox and tell what a minute later is seen anyway. */
export const abrufen = job({
  name: 'postfach.abrufen', payload: z.object({}), rechte: [],
  load: async () => {}, work: async () => {}, store: (tx) => claimFaellige(tx),
});

export const abrufJob = job({
  ...abruf, rechte: [], long: true,
  load: async (tx, { postfachId }) => ({ postfachId, abruf: await loadAbruf(tx, postfachId) }),
  async work(io, { postfachId, abruf: a }, { mandantId }) {
    if (!a) return { postfachId };
    const { postfach: p } = a;
    return { postfachId, abruf: a, grenze: io.config.MAIL_GRENZE, geholt: await receive() };

    async function receive(): Promise<Abholung> {
      let kennwort: string;
      try { kennwort = io.geheimnis.open(mandantId, ZWECK, p.kennwort); } catch { return { uidvalidity: null, nachrichten: [], quittiert: [], rest: 0, gescheitert: null, fehler: 'kennwort_verloren' }; }
      const zugang = { host: p.host, port: p.port, sicherheit: p.sicherheit, benutzername: p.benutzername, kennwort, ordnerEingang: p.ordner_eingang, ordnerVerarbeitet: p.ordner_verarbeitet, ordnerFehler: p.ordner_fehler };
      return receiveNachrichten(io, mandantId, { zugang, offen: a!.offen, versuche: a!.versuche });
    }
  },
  async store(tx, { postfachId, abruf: a, geholt, grenze }) {
    if (a && geholt) await storeAbruf(tx, a, geholt, grenze!);
    else await releaseAbruf(tx, postfachId);
  },
});

export const regelnVon = ({ MAIL_DOMAENEN, MAIL_VERTRAUTE_SERVER }: Config) => ({ eigeneDomaenen: MAIL_DOMAENEN, vertrauteServer: MAIL_VERTRAUTE_SERVER });

/** A message has been read: does it file itself? */
export const ablegen = job({
  name: 'postfach.ablegen', payload: EreignisPayloadSchema, rechte: ABLEGEN_RECHTE,
  load: async (_tx, { objekte }) => objekte.eingang ?? [],
  // the rules are the operator's settings, which no transaction knows
  work: async ({ config }, eingangIds) => ({ eingangIds, regeln: regelnVon(config) }),
  store: async (tx, { eingangIds, regeln }) => storeEntscheidungen(tx, await decideNachrichten(tx, eingangIds, regeln)),
});
