import { Readable } from 'node:stream';
import { openInhalt } from '#modules/ablage/server/index.ts';
import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { getAusgabeTeile, listAusgaben, startAusgabe } from './ausgabe.ts';
import { aufraeumenJob, ausgebenJob, lesenAufraeumenJob, lesenPruefenJob, lesenVersiegelnJob, pruefenJob, versiegelnJob, woechentlichJob } from './jobs.ts';
import { readRueckstand } from './versiegeln.ts';
import { getPruefung, getStand, listPruefungen, verifyProtokoll } from './pruefung.ts';
import { anlaesse } from './lesen/anlaesse.ts';
import { cancelEinsicht, EinsichtErrors, getLesefrist, grantEinsicht, listEinsichten, listLesezugriffe, recordEingesehen, requestEinsicht, updateLesefrist } from './lesen/einsicht.ts';
import { exportLesezugriffe } from './lesen/ausgabe.ts';
import { verifyLesezugriffe } from './lesen/pruefung.ts';
import { getEreignisfilter, listEreignisse, VerlaufErrors } from './verlauf.ts';

export default defineModule({
  name: 'protokoll',
  errors: [EinsichtErrors, VerlaufErrors],
  rechte: {
    // to be told of every request, decision and look, and of every change that a verification finds
    'einsicht.erfahren': ['datenschutz'],
    'einsicht.sehen': ['revision', 'datenschutz'], 'lesezugriff.einsehen': ['revision'], 'protokoll.lesen': ['administration'], 'protokoll.pruefen': ['administration', 'betrieb'],
  },
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
    route(api.listEinsichten, { handle: (tx, { query }) => listEinsichten(tx, query) }),
    route(api.requestEinsicht, { handle: (tx, { body }) => requestEinsicht(tx, body) }),
    route(api.grantEinsicht, { handle: (tx, { params }) => grantEinsicht(tx, params.id) }),
    route(api.cancelEinsicht, { handle: (tx, { params }) => cancelEinsicht(tx, params.id) }),
    route(api.listLesezugriffe, { handle: (tx, { params, query }) => listLesezugriffe(tx, params.id, query), record: (tx, _result, { params }) => recordEingesehen(tx, params.id) }),
    routeWithSend(api.downloadLesezugriffe, {
      prepare: async (io) => ({ siegel: io.siegel, now: io.now() }),
      handle: (tx, { params }, { siegel, now }) => exportLesezugriffe(tx, params.id, siegel, now),
      record: (tx, _result, { params }) => recordEingesehen(tx, params.id, true),
      send: async (_io, { dateiname, text }) => ({ stream: () => Readable.from([Buffer.from(text)]), mime: 'application/x-ndjson', dateiname, disposition: 'attachment' as const }),
    }),
    route(api.verifyLesezugriffe, { prepare: async (io) => io.siegel, handle: (tx, _input, siegel) => verifyLesezugriffe(tx, siegel) }),
    route(api.getLesefrist, { handle: (tx) => getLesefrist(tx) }),
    route(api.updateLesefrist, { handle: (tx, { body, ifMatch }) => updateLesefrist(tx, body.monate, ifMatch) }),
  ],
  jobs: [pruefenJob, ausgebenJob],
  nachlauf: [versiegelnJob],
  zeitplan: [{ cron: '7 * * * *', job: versiegelnJob }, { cron: '31 3 * * 0', job: woechentlichJob }, { cron: '23 4 * * *', job: aufraeumenJob }, { cron: '17 * * * *', job: lesenVersiegelnJob }, { cron: '41 4 * * *', job: lesenAufraeumenJob }, { cron: '47 3 * * 0', job: lesenPruefenJob }],
  extensions: {
    rechtname: [{ 'lesezugriff.einsehen': 'Lesezugriffe: mit Zustimmung einsehen', 'einsicht.sehen': 'Lesezugriffe: Anträge und Entscheidungen sehen', 'einsicht.erfahren': 'Lesezugriffe: von jedem Antrag erfahren', 'protokoll.lesen': 'Protokoll: lesen', 'protokoll.pruefen': 'Protokoll: prüfen' }],
    eigenhaendig: [['lesezugriff.einsehen']],
    benachrichtigungsanlass: anlaesse,
    kennzahl: [{ name: 'verbundakte_protokoll_unversiegelt_sekunden', hilfe: 'Alter des ältesten Eintrags im Protokoll, der noch nicht versiegelt ist', zusammen: 'hoechste', lies: readRueckstand }],
    verlaufstext: [{
      'einsicht.beantragt': ({ daten }) => `hat Einsicht in die Lesezugriffe auf oder von „${daten.ziel}“ beantragt: ${daten.grund}`,
      'einsicht.bewilligt': ({ daten }) => `hat die Einsicht in die Lesezugriffe zu „${daten.ziel}“ bewilligt`,
      'einsicht.abgelehnt': ({ daten }) => `hat die Einsicht in die Lesezugriffe zu „${daten.ziel}“ abgelehnt`,
      'lesezugriffe.eingesehen': ({ daten }) => (daten.ausgegeben ? 'hat Lesezugriffe eingesehen und als Datei ausgegeben' : 'hat Lesezugriffe eingesehen'),
      'lesezugriffe.versiegelt': ({ daten }) => `– die Lesezugriffe sind bis zum Siegel ${daten.kette} versiegelt`,
      'lesezugriffe.geprueft': ({ daten }) => `hat die Aufzeichnung der Lesezugriffe geprüft: ${daten.geprueft} unverändert`,
      'lesezugriffe.veraenderung_gefunden': ({ daten }) => `hat die Aufzeichnung der Lesezugriffe geprüft und eine Veränderung gefunden: ${daten.befund}`,
      'lesezugriffe.geloescht': ({ daten }) => `hat ${daten.anzahl} Lesezugriffe aus der Zeit vor dem ${daten.vor} nach Ablauf der Frist gelöscht`,
      'lesefrist.geaendert': ({ daten }) => `hat die Frist der Lesezugriffe auf ${daten.aenderungen?.[0]?.neu} Monate gesetzt`,
      'protokoll.geprueft': ({ daten }) => `hat das Protokoll geprüft: ${daten.geprueft} Einträge unverändert`,
      'protokoll.veraenderung_gefunden': ({ daten }) => `hat das Protokoll geprüft und eine Veränderung gefunden: ${daten.befund}`,
      'protokoll.ausgegeben': ({ daten }) => `hat das Protokoll mit ${daten.eintraege} Einträgen ${daten.mitInhalt ? 'samt Inhalt' : 'ohne Inhalt'} ausgegeben`,
    }],
  },
});
