import { call } from '#platform/web/client.ts';
import type { SitzungsPort } from '#platform/web/sitzung-port.ts';
import { setzeZeitzone } from '#platform/web/zeit.ts';
import { api, type MandantId } from '../contract.ts';

/** »Dr. Meike Brandt« is MB: titles and small words carry no letter. */
export const initialen = (name: string) => {
  const worte = name.split(/\s+/).filter((wort) => /^\p{Lu}/u.test(wort) && !wort.endsWith('.'));
  return [worte[0], worte.length > 1 ? worte.at(-1) : undefined].map((wort) => wort?.[0] ?? '').join('');
};

/** What the frame knows of logins. */
export const sitzung: SitzungsPort = {
  anmeldung: '/anmeldung', kennwort: '/kennwort',
  async holeIch(signal) {
    const { id, name, rechte, mandant, mandanten, vertritt, wessen, passwortAendern, einstellungen, sicht, zeitzone } = await call(api.getIch, {}, signal);
    setzeZeitzone(zeitzone);
    return { id, name, kurz: initialen(name), rechte, mandant, mandanten, vertritt, wessen, kennwortAendern: passwortAendern, einstellungen, sicht };
  },
  abmelden: async () => void (await call(api.logout, {})),
  wechsleMandant: async (mandantId) => void (await call(api.changeMandant, { body: { mandantId: mandantId as MandantId } })),
  merkeEinstellungen: (neu) => call(api.updateEinstellungen, { body: neu }),
};
