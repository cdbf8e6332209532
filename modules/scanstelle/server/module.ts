import { openInhalt } from '#modules/ablage/server/index.ts';
import { downloadBericht } from '#platform/server/bericht/bericht.ts';
import { defineModule, route, routeWithSend } from '#platform/server/module.ts';
import { api } from '../contract.ts';
import { cancelStapel, closeStapelhindernis, createStapel, createStapeldateien } from './commands.ts';
import { inhaltsverwendung, verlaufstexte } from './erweiterungen.ts';
import { ordnerziel } from './ordner.ts';
import { rechtnamen, stapelPolicy } from './policy.ts';
import { createProfil, listProfile, updateProfil } from './profil/profile.ts';
import { closeStapelpruefung, reopenStapelpruefung } from './pruefung/abschluss.ts';
import { updateStapelseiten } from './pruefung/schritte.ts';
import { transferStapel } from './pruefung/uebernahme.ts';
import { findScanbild, getStapel, listStapel } from './queries.ts';
import { ScanErrors } from './stapel.ts';
import { getTransfervermerk, readVermerkBericht } from './transfervermerk.ts';
import { briefe, sammeln, trennen, zerlegen } from './verarbeitung/jobs.ts';

export default defineModule({
  name: 'scanstelle',
  rechte: { ...stapelPolicy.manifest, 'scanstelle.verwalten': ['registratur', 'administration'] },
  errors: [ScanErrors],
  jobs: [sammeln, zerlegen, trennen, briefe],
  extensions: { rechtname: [rechtnamen], inhaltsverwendung: [inhaltsverwendung], ordnerziel: [ordnerziel], verlaufstext: [verlaufstexte] },
  routes: [
    route(api.listStapel, { handle: (tx, { query }) => listStapel(tx, query) }),
    route(api.getStapel, { handle: (tx, { params }) => getStapel(tx, params.id) }),
    route(api.createStapel, { handle: (tx, { body }) => createStapel(tx, body) }),
    route(api.updateStapelseiten, { handle: (tx, { params, ifMatch, body }) => updateStapelseiten(tx, params.id, ifMatch, body) }),
    route(api.createStapeldateien, { handle: (tx, { params, body }) => createStapeldateien(tx, params.id, body) }),
    route(api.closeStapelhindernis, { handle: (tx, { params, body }) => closeStapelhindernis(tx, params.id, body.grund) }),
    route(api.closeStapelpruefung, { handle: (tx, { params, ifMatch }) => closeStapelpruefung(tx, params.id, ifMatch) }),
    route(api.reopenStapelpruefung, { handle: (tx, { params }) => reopenStapelpruefung(tx, params.id) }),
    route(api.transferStapel, { handle: (tx, { params, ifMatch }) => transferStapel(tx, params.id, ifMatch) }),
    route(api.cancelStapel, { handle: (tx, { params, body }) => cancelStapel(tx, params.id, body.grund) }),
    routeWithSend(api.getScanbild, {
      handle: (tx, { params, query }) => findScanbild(tx, params.id, params.seiteId, query.groesse),
      send: async (io, { paket, von, laenge }, ctx) => ({
        stream: ({ start, end } = { start: 0, end: laenge - 1 }) => openInhalt(io, ctx, paket, { start: von + start, end: von + end }),
        mime: 'image/webp', dateiname: 'seite.webp', groesse: laenge, disposition: 'inline' as const, etag: `"${paket.id}-${von}"`, cacheSekunden: 300,
      }),
    }),
    route(api.getTransfervermerk, { handle: (tx, { params }) => getTransfervermerk(tx, params.id) }),
    routeWithSend(api.downloadTransfervermerk, { handle: (tx, { params }) => readVermerkBericht(tx, params.id), send: (_io, { bericht, dateiname }) => downloadBericht('pdf', bericht, dateiname) }),
    route(api.listProfile, { handle: (tx) => listProfile(tx) }),
    route(api.createProfil, { handle: (tx, { body }) => createProfil(tx, body) }),
    route(api.updateProfil, { handle: (tx, { params, ifMatch, body }) => updateProfil(tx, params.id, ifMatch, body) }),
  ],
});
