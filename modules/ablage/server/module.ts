import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import { api } from '../contract.ts';
import { createHochgeladen } from './commands.ts';
import { InhaltErrors } from './inhalt.ts';
import { aufraeumen, bestandJob, pruefenJob, removeObjektJob, vollJob } from './jobs.ts';
import { countSchlechte, getAblagePruefung, startPruefung } from './pruefung.ts';
import { authorizeInhalt, openInhalt } from './queries.ts';
import { kennzahlen, nachholen, scannen, taeglich } from './schadsoftware/jobs.ts';
import { anlaesse, deleteVerwahrtes, getQuarantaene, grantFreigabe, requestFreigabe, VERWAHREN, verlaufstexte } from './schadsoftware/quarantaene.ts';

export default defineModule({
  name: 'ablage',
  rechte: {
    'inhalt.hochladen': ['sachbearbeitung', 'leitung', 'poststelle', 'registratur'],
    'ablage.pruefen': ['administration', 'betrieb'],
    [VERWAHREN]: ['administration'],
  },
  errors: [InhaltErrors],
  routes: [
    route(api.uploadInhalt, {
      async prepare(io, { mandantId }, { upload }) {
        const stored = await io.storage.put(mandantId, upload.stream);
        failpoint('inhalt.gespeichert');
        return { ...stored, dateiname: upload.dateiname, mime: upload.mime };
      },
      handle: (tx, _input, prepared) => createHochgeladen(tx, prepared, prepared),
    }),
    routeWithSend(api.downloadInhalt, {
      handle: (tx, { params }) => authorizeInhalt(tx, params.id),
      send: async (io, inhalt, ctx) => ({
        stream: (range) => openInhalt(io, ctx, inhalt, range),
        mime: inhalt.mime, dateiname: inhalt.dateiname, groesse: inhalt.groesse, disposition: 'attachment' as const, etag: inhalt.sha256,
      }),
    }),
    route(api.getAblagePruefung, { handle: (tx) => getAblagePruefung(tx) }),
    route(api.getQuarantaene, { handle: (tx) => getQuarantaene(tx) }),
    route(api.requestFreigabeInhalt, { handle: (tx, { params, body }) => requestFreigabe(tx, params.id, body.grund) }),
    route(api.grantFreigabeInhalt, { handle: (tx, { params }) => grantFreigabe(tx, params.id) }),
    route(api.deleteVerwahrtes, { handle: (tx, { params, body }) => deleteVerwahrtes(tx, params.id, body.grund) }),
    route(api.startAblagePruefung, { handle: async (tx, { body }) => { await startPruefung(tx, body.art); return getAblagePruefung(tx); } }),
  ],
  jobs: [removeObjektJob, pruefenJob, scannen],
  zeitplan: [{ cron: '*/3 * * * *', job: nachholen }, { cron: '51 1 * * *', job: taeglich }, { cron: '17 * * * *', job: aufraeumen }, { cron: '41 2 * * 1-6', job: bestandJob }, { cron: '11 1 * * 0', job: vollJob }],
  extensions: {
    rechtname: [{ 'inhalt.hochladen': 'Dateien: hochladen', 'ablage.pruefen': 'Ablage: prüfen', [VERWAHREN]: 'Ablage: über Schadsoftware entscheiden' }],
    benachrichtigungsanlass: anlaesse,
    kennzahl: [{ name: 'verbundakte_ablage_beschaedigt', hilfe: 'Inhalte, die bei der Prüfung der Ablage fehlten oder verändert waren', zusammen: 'summe', lies: countSchlechte }, ...kennzahlen],
    verlaufstext: [verlaufstexte, {
      'inhalt.vernichtet': () => 'hat den Inhalt nach Ablauf der Frist vernichtet',
      // Not by its name: who reads the history of the whole Mandant need not know what lies in each Akte.
      'inhalt.angehaengt': () => 'hat eine Datei abgelegt',
      'inhalt.vermisst': () => 'hat bei der Prüfung der Ablage festgestellt, dass die gespeicherte Datei fehlt',
      'inhalt.veraendert': () => 'hat bei der Prüfung der Ablage festgestellt, dass die gespeicherte Datei verändert ist',
      'inhalt.wiederhergestellt': () => 'hat bei der Prüfung der Ablage festgestellt, dass die gespeicherte Datei wieder unverändert vorhanden ist',
      'ablagepruefung.begonnen': ({ daten }) => (daten.art === 'voll' ? 'hat eine vollständige Prüfung der Ablage begonnen' : 'hat eine Prüfung des Bestands der Ablage begonnen'),
      'ablagepruefung.beendet': ({ daten }) => `hat die Prüfung der Ablage beendet: ${daten.geprueft} geprüft, ${daten.fehlt} fehlen, ${daten.veraendert} verändert`,
    }],
  },
});
