import { z } from 'zod';
import { get, operations, post } from '#platform/contract.ts';

export const InhaltId = z.uuid().brand<'InhaltId'>();
export type InhaltId = z.output<typeof InhaltId>;

export const HochgeladenerInhalt = z.object({
  id: InhaltId, dateiname: z.string(), mime: z.string(), groesse: z.number().int(), sha256: z.string(),
  /** Until then it can be attached, once, by whoever uploaded it. */
  gueltigBis: z.iso.datetime(),
});

export const AblageBefund = z.object({
  art: z.enum(['fehlt', 'veraendert']),
  /** Where the store keeps the bytes: what an operator brings back from the backup. */
  ort: z.string(), sha256: z.string(), groesse: z.number().int(), geprueft: z.iso.datetime().nullable(),
  inhalte: z.array(z.object({ id: InhaltId, dateiname: z.string(), verwendungen: z.array(z.object({ typ: z.string(), id: z.string() })) })),
});
export const AblagePruefung = z.object({
  letzte: z.array(z.object({
    id: z.string(), art: z.enum(['bestand', 'voll']), begonnen: z.iso.datetime(), beendet: z.iso.datetime().nullable(),
    gesamt: z.number().int(), geprueft: z.number().int(), bytes: z.number().int(), fehlt: z.number().int(), veraendert: z.number().int(),
    /** Bytes that no content used any more and that were removed. */
    entfernt: z.number().int(),
  })),
  anzahl: z.number().int(), bytes: z.number().int(),
  befunde: z.array(AblageBefund),
});

const Entscheidung = z.object({ von: z.string(), grund: z.string(), am: z.iso.datetime() });
/** What the virus scanner says. `eingerichtet`: there is one; `offen`: opened without a scan, as the policy says. */
export const Quarantaene = z.object({
  eingerichtet: z.boolean(), ausfall: z.enum(['warten', 'freigeben']).nullable(), ungeprueft: z.int(), wartet: z.int(), sauber: z.int(), offen: z.int(),
  hindernisse: z.array(z.object({ hindernis: z.enum(['unerreichbar', 'zu_gross', 'fehler']), anzahl: z.int() })),
  eintraege: z.array(z.object({
    id: z.uuid(), befund: z.enum(['gefunden', 'freigegeben', 'vernichtet']), schadsoftware: z.string(), gefunden: z.iso.datetime(), groesse: z.int(), sha256: z.string(), dateinamen: z.array(z.string()),
    /** Somebody says it is a false alarm; another person has to agree. */
    antrag: Entscheidung.nullable(), entschieden: Entscheidung.nullable(), rechte: z.array(z.string()),
  })),
});
const verwahrt = { params: z.object({ id: z.uuid() }), returns: Quarantaene };
const grund = z.object({ grund: z.string().trim().min(3, 'Bitte einen Grund angeben').max(1000) });

export const api = operations({
  uploadInhalt: post('/inhalte', { summary: 'Datei hochladen', access: 'inhalt.hochladen', upload: true, idempotent: 'required', returns: HochgeladenerInhalt, status: 201 }),
  downloadInhalt: get('/inhalte/:id', { summary: 'Datei herunterladen', access: 'angemeldet', einLesen: true, gast: true, params: z.object({ id: InhaltId }), download: true, returns: z.any() }),
  getAblagePruefung: get('/ablage/pruefung', { summary: 'Ergebnis der Prüfung der Ablage', access: 'ablage.pruefen', returns: AblagePruefung }),
  getQuarantaene: get('/ablage/schadsoftware', { summary: 'Virenscanner: was wartet, was gefunden wurde', access: 'ablage.pruefen', returns: Quarantaene }),
  requestFreigabeInhalt: post('/ablage/schadsoftware/:id/antrag', { summary: 'Freigabe einer verwahrten Datei beantragen', access: 'ablage.verwahren', ...verwahrt, body: grund }),
  grantFreigabeInhalt: post('/ablage/schadsoftware/:id/freigabe', { summary: 'Verwahrte Datei als zweite Person freigeben', access: 'ablage.verwahren', selbst: true, ...verwahrt }),
  deleteVerwahrtes: post('/ablage/schadsoftware/:id/vernichtung', { summary: 'Verwahrte Datei vernichten; was zu ihr vermerkt ist, bleibt', access: 'ablage.verwahren', ...verwahrt, body: grund }),
  startAblagePruefung: post('/ablage/pruefung', {
    summary: 'Ablage prüfen: jeden gespeicherten Inhalt lesen und mit seiner Prüfsumme vergleichen', access: 'ablage.pruefen',
    body: z.object({ art: z.enum(['bestand', 'voll']).default('voll') }), returns: AblagePruefung, status: 202,
  }),
});
