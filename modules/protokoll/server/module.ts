import { Readable } from 'node:stream';
import { openInhalt } from '#modules/ablage/server/index.ts';
import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { getAusgabeTeile, listAusgaben, startAusgabe } from './ausgabe.ts';
import { aufraeumenJob, ausgebenJob, pruefenJob, versiegelnJob, woechentlichJob } from './jobs.ts';
import { getPruefung, getStand, listPruefungen, verifyProtokoll } from './pruefung.ts';
import { getEreignisfilter, listEreignisse } from './verlauf.ts';

export default defineModule({
  name: 'protokoll',
  rechte: { 'protokoll.lesen': ['administration'], 'protokoll.pruefen': ['administration', 'betrieb'] },
  routes: [
    route(api.listEreignisse, { handle: (tx, { query }) => listEreignisse(tx, query) }),
    route(api.getEreignisfilter, { handle: (tx, { query }) => getEreignisfilter(tx, query.objekt) }),
    route(api.getProtokollstand, {
      prepare: async (io) => io.siegel.oeffentlich,
      handle: async (tx, _input, schluessel) => ({ ...(await getStand(tx)), schluessel: [...schluessel], pruefungen: await listPruefungen(tx), ausgaben: await listAusgaben(tx) }),
    }),
    route(api.verifyProtokoll, { prepare: async (io) => io.siegel, handle: (tx, _input, siegel) => verifyProtokoll(tx, siegel) }),
    route(api.getProtokollpruefung, { handle: (tx, { params }) => getPruefung(tx, params.id) }),
    route(api.exportProtokoll, { handle: (tx, { body }) => startAusgabe(tx, body.mitInhalt) }),
    routeWithSend(api.downloadProtokoll, {
      handle: (tx, { params }) => getAusgabeTeile(tx, params.id),
      send: async (io, { dateiname, teile }, ctx) => ({
        stream: () => Readable.from((async function* () { for (const teil of teile) yield* await openInhalt(io, ctx, teil); })(), { objectMode: false }),
        mime: 'application/x-ndjson', dateiname, disposition: 'attachment' as const,
      }),
    }),
  ],
  jobs: [pruefenJob, ausgebenJob],
  nachlauf: [versiegelnJob],
  zeitplan: [{ cron: '7 * * * *', job: versiegelnJob }, { cron: '31 3 * * 0', job: woechentlichJob }, { cron: '23 4 * * *', job: aufraeumenJob }],
  extensions: {
    verlaufstext: [{
      'protokoll.geprueft': ({ daten }) => `hat das Protokoll geprüft: ${daten.geprueft} Einträge unverändert`,
      'protokoll.veraenderung_gefunden': ({ daten }) => `hat das Protokoll geprüft und eine Veränderung gefunden: ${daten.befund}`,
      'protokoll.ausgegeben': ({ daten }) => `hat das Protokoll mit ${daten.eintraege} Einträgen ${daten.mitInhalt ? 'samt Inhalt' : 'ohne Inhalt'} ausgegeben`,
    }],
  },
});
