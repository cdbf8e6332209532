import { authorizeInhalt, openInhalt } from '#modules/ablage/server/index.ts';
import { defineModule, route, routeWithSend, subscribe } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { AufbereitungErrors } from './aufbereitung.ts';
import { retryAufbereitung } from './commands.ts';
import { dokumentort, fehlschlagAnlass, GESCHEITERT, listFehlschlaege } from './fehlschlaege.ts';
import { anlagenAblegen, beginnen, freigegeben, lesen, nachholen, ocr, rendition, vorschau } from './jobs.ts';
import { forgetAufbereitungen } from './vergessen.ts';
import { findDruckfassungen, findMails, findRendition, findSeitenbild, getAufbereitung, listTextseiten } from './queries.ts';

export default defineModule({
  name: 'aufbereitung',
  errors: [AufbereitungErrors],
  jobs: [lesen, ocr, rendition, vorschau],
  subscriptions: [subscribe('inhalt.angehaengt', beginnen), subscribe(['inhalt.geprueft', 'inhalt.ungeprueft_geoeffnet'], freigegeben), subscribe(['inhalt.aufbereitet', 'dokument.angelegt', 'dokument.anlagen_angelegt', 'version.angelegt'], anlagenAblegen)],
  zeitplan: [{ cron: '23 3 * * *', job: nachholen }],
  extensions: {
    druckfassung: [{ find: findDruckfassungen }],
    inhaltsverwendung: [{ typ: 'anlage', find: findMails, authorizeLesen: (tx, mailId) => authorizeInhalt(tx, mailId) }],
    verlaufstext: [{ 'inhalt.aufbereitet': () => 'hat den Text gelesen', 'inhalt.aufbereitung_wiederholt': () => 'hat die Aufbereitung erneut gestartet', [GESCHEITERT]: () => 'konnte die Datei nicht vollständig lesen' }],
    inhaltsort: [dokumentort],
    inhaltVernichtung: [forgetAufbereitungen],
    benachrichtigungsanlass: [fehlschlagAnlass],
  },
  routes: [
    route(api.getAufbereitung, { handle: (tx, { params }) => getAufbereitung(tx, params.id) }),
    route(api.getText, { handle: (tx, { params, query }) => listTextseiten(tx, params.id, query) }),
    route(api.listFehlschlaege, { handle: (tx) => listFehlschlaege(tx) }),
    route(api.retryAufbereitung, { handle: (tx, { params, body }) => retryAufbereitung(tx, params.id, body.schritt) }),
    routeWithSend(api.getSeitenbild, {
      handle: async (tx, { params, query }) => ({ ...(await findSeitenbild(tx, params.id, params.seite, query.groesse)), name: `seite-${params.seite}.webp` }),
      send: async (io, { paket, von, laenge, name }, ctx) => ({
        stream: ({ start, end } = { start: 0, end: laenge - 1 }) => openInhalt(io, ctx, paket, { start: von + start, end: von + end }),
        mime: 'image/webp', dateiname: name, groesse: laenge, disposition: 'inline' as const, etag: `"${paket.id}-${von}"`, cacheSekunden: 0,
      }),
    }),
    routeWithSend(api.getRendition, {
      handle: (tx, { params }) => findRendition(tx, params.id),
      send: async (io, pdf, ctx) => ({ stream: (range) => openInhalt(io, ctx, pdf, range), mime: 'application/pdf', dateiname: pdf.dateiname, groesse: pdf.groesse, disposition: 'inline' as const, etag: `"${pdf.sha256}"` }),
    }),
  ],
});
