import type { Io } from '#platform/server/io.ts';
import { defineModule, route, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { createAblageadresse, deleteAblageadresse, getAblageadresse } from './ablageadresse.ts';
import { getMailbericht } from './bericht.ts';
import { createPostfach, deletePostfach, receivePostfach, requireGleicherZugang, updatePostfach, ZWECK } from './commands.ts';
import { checkZugang, codeOf } from './imap.ts';
import { getEinstellungen, updateEinstellungen } from './einstellung.ts';
import { empfang } from './empfang.ts';
import { abrufen, abrufJob, ablegen, regelnVon } from './jobs.ts';
import { fehlertext, PostfachErrors } from './postfach.ts';
import { countGestoerte, findPostfach, getPostfach, listPostfaecher } from './queries.ts';
import { verlaufstexte } from './verlauf.ts';

/** Without a receiver there are no addresses, whatever the domain. */
const domaeneVon = async ({ config }: Io) => (config.MAIL_EMPFANG ? config.MAIL_EMPFANG_DOMAENE : undefined);

export default defineModule({
  name: 'postfach',
  rechte: { 'postfach.verwalten': ['registratur', 'administration'], 'ablageadresse.verwenden': ['sachbearbeitung', 'leitung', 'poststelle', 'registratur'] },
  errors: [PostfachErrors],
  jobs: [abrufJob],
  dienste: [empfang],
  subscriptions: [subscribe(['eingang.ergaenzt', 'eingang.gelesen'], ablegen)],
  zeitplan: [{ cron: '* * * * *', job: abrufen }],
  extensions: {
    rechtname: [{ 'postfach.verwalten': 'Postfächer: verwalten', 'ablageadresse.verwenden': 'E-Mail-Adressen von Akten: verwenden' }],
    verlaufstext: [verlaufstexte],
    kennzahl: [{ name: 'verbundakte_postfach_gestoert', hilfe: 'Postfächer, die seit über einer Viertelstunde nicht abgeholt werden können', zusammen: 'summe', lies: countGestoerte }],
  },
  routes: [
    route(api.listPostfaecher, { handle: (tx) => listPostfaecher(tx) }),
    route(api.getPostfach, { handle: (tx, { params }) => getPostfach(tx, params.id) }),
    route(api.createPostfach, {
      prepare: async (io, ctx, { body }) => io.geheimnis.seal(ctx.mandantId, ZWECK, body.kennwort),
      handle: (tx, { body }, kennwort) => createPostfach(tx, body, kennwort),
    }),
    route(api.updatePostfach, {
      prepare: async (io, ctx, { body }) => (body.kennwort === undefined ? undefined : io.geheimnis.seal(ctx.mandantId, ZWECK, body.kennwort)),
      handle: (tx, { params, ifMatch, body }, kennwort) => updatePostfach(tx, params.id, ifMatch, body, kennwort),
    }),
    route(api.deletePostfach, { handle: (tx, { params, ifMatch }) => deletePostfach(tx, params.id, ifMatch) }),
    route(api.verifyZugang, {
      async load(tx, { body }) {
        if (body.kennwort !== undefined || body.postfachId === undefined) return undefined;
        const postfach = await findPostfach(tx, body.postfachId);
        requireGleicherZugang(postfach, body);
        return postfach.kennwort;
      },
      async prepare(io, ctx, { body }, verschlossen) {
        const kennwort = body.kennwort ?? (verschlossen === undefined ? undefined : io.geheimnis.open(ctx.mandantId, ZWECK, verschlossen));
        if (kennwort === undefined) throw PostfachErrors.kennwort_noetig([{ pfad: '/kennwort', text: 'Bitte das Kennwort angeben' }]);
        try {
          const { ordner, wartend } = await checkZugang({ ...body, kennwort });
          return { gelungen: true, ordner, wartend, text: '' };
        } catch (error) { return { gelungen: false, ordner: [], wartend: null, text: fehlertext(codeOf(error)) }; }
      },
      handle: async (_tx, _input, ergebnis) => ergebnis,
    }),
    route(api.getPosteinstellungen, { handle: (tx) => getEinstellungen(tx) }),
    route(api.updatePosteinstellungen, { handle: (tx, { ifMatch, body }) => updateEinstellungen(tx, ifMatch, body) }),
    route(api.getAblageadresse, { prepare: domaeneVon, handle: (tx, { params }, domaene) => getAblageadresse(tx, params, domaene) }),
    route(api.createAblageadresse, { prepare: domaeneVon, handle: (tx, { params }, domaene) => createAblageadresse(tx, params, domaene) }),
    route(api.deleteAblageadresse, { prepare: domaeneVon, handle: (tx, { params }, domaene) => deleteAblageadresse(tx, params, domaene) }),
    route(api.getMailbericht, { prepare: async ({ config }) => regelnVon(config), handle: (tx, { params }, regeln) => getMailbericht(tx, params.id, regeln) }),
    route(api.receivePostfach, { handle: (tx, { params }) => receivePostfach(tx, params.id) }),
  ],
});
