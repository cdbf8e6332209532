import type { Inhaltsort } from '#modules/aufbereitung/server/index.ts';
import { listBenutzerDerOes } from '#modules/organisation/server/index.ts';
import { getKlassen } from '#modules/zugriff/server/index.ts';
import type { Benachrichtigungsanlass, Inhaltsverwendung, Schutzobjekt, Suchobjekt, Suchobjektart } from '#platform/server/extension.ts';
import type { Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

async function load(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').selectAll().where('id', 'in', [...ids]).execute();
  return rows.map((r) => ({
    id: r.id, typ: 'eingang', titel: r.betreff, zusatz: [r.nummer, r.absender, r.fremdes_geschaeftszeichen, r.dateiname, r.bemerkung].filter((w): w is string => Boolean(w)), kennzeichen: r.nummer, schutzId: r.schutz_id,
    datum: r.posteingangsdatum, art: r.kanal, status: r.status, aktenplaneinheitId: null, organisationseinheitId: r.organisationseinheit_id, akteId: r.akte_id, vorgangId: r.vorgang_id, storniert: r.status === 'zurueckgewiesen', inhaltIds: [r.inhalt_id],
  }));
}
export const suchobjekt: Suchobjektart = {
  typ: 'eingang', label: 'Eingang', load,
  ereignisse: ['eingang.angelegt', 'eingang.geaendert', 'eingang.ergaenzt', 'eingang.gelesen', 'eingang.weitergeleitet', 'eingang.abgelegt', 'eingang.zurueckgewiesen', 'eingang.wieder_aufgenommen'],
  byInhalt: async (tx, inhaltIds) => (inhaltIds.length ? (await db.read(tx).selectFrom('posteingang.eingang').select('id').where('inhalt_id', 'in', [...inhaltIds]).execute()).map((r) => r.id) : []),
  list: async (tx, nach, limit) => (await db.read(tx).selectFrom('posteingang.eingang').select('id').$if(nach !== null, (q) => q.where('id', '>', nach!)).orderBy('id').limit(limit).execute()).map((r) => r.id),
};

/** The Recht that stands for a Stufe where somebody asks for that alone. */
const rechtFuer = (stufe: Stufe) => ({ sehen: 'eingang.sehen', lesen: 'eingang.lesen', bearbeiten: 'eingang.bearbeiten', verwalten: 'eingang.bearbeiten' } as const)[stufe];

export const schutzobjekt: Schutzobjekt = {
  typ: 'eingang', label: 'Eingang',
  async kurz(tx, ids) {
    if (!ids.length) return new Map();
    const rows = await db.read(tx).selectFrom('posteingang.eingang').select(await eingangPolicy.spalten(tx, ['id', 'schutz_id', 'nummer', 'betreff'])).where('id', 'in', [...ids]).where(await eingangPolicy.visible(tx, 'eingang.sehen')).execute();
    await eingangPolicy.noteGezeigt(tx, rows);
    return new Map(rows.map((r) => [r.id, { titel: r.betreff, kennzeichen: r.nummer, pfad: `/posteingang/${r.id}`, geschuetzt: (r as { geschuetzt?: string | null }).geschuetzt ?? null }]));
  },
  authorize: async (tx, stufe, id) => ({ schutzId: (await eingangPolicy.authorize(tx, rechtFuer(stufe), id)).schutz_id }),
  auskunft: { ...eingangPolicy.auskunft, recht: rechtFuer },
  async bereich(tx, ids) {
    if (!ids.length) return new Map();
    const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'schutz_id']).where('id', 'in', [...ids]).execute();
    return new Map(rows.map((r) => [r.id, { schutzId: r.schutz_id, ids: [r.id] }]));
  },
};

/** The original of an Eingang, and the scan it was cut out of. */
export const inhaltsverwendung: Inhaltsverwendung = {
  typ: 'eingang',
  async find(tx, inhaltIds) {
    if (!inhaltIds.length) return new Map();
    const own = await db.read(tx).selectFrom('posteingang.eingang').select(['inhalt_id', 'id']).where('inhalt_id', 'in', [...inhaltIds]).execute();
    const scans = await db.read(tx).selectFrom('posteingang.eingang as e').innerJoin('posteingang.stapel as s', 's.id', 'e.stapel_id').select(['s.inhalt_id', 'e.id']).where('s.inhalt_id', 'in', [...inhaltIds]).execute();
    return new Map([...Map.groupBy([...own, ...scans], (r) => r.inhalt_id)].map(([id, uses]) => [id, uses.map((u) => u.id)]));
  },
  authorizeLesen: (tx, id) => eingangPolicy.authorize(tx, 'eingang.lesen', id),
};

/** Post that is still open concerns the office in whose basket it lies. */
export const inhaltsort: Inhaltsort = {
  typ: 'eingang',
  async find(tx, inhaltIds) {
    if (!inhaltIds.length) return new Map();
    const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'inhalt_id', 'organisationseinheit_id']).where('inhalt_id', 'in', [...inhaltIds]).where('status', 'in', ['erfasst', 'in_bearbeitung']).execute();
    const leute = await listBenutzerDerOes(tx, rows.map((r) => r.organisationseinheit_id), 'eingang.lesen');
    return new Map(rows.map((r) => [r.inhalt_id, { id: r.id, pfad: `/posteingang/${r.id}`, benutzerIds: leute.get(r.organisationseinheit_id) ?? [] }]));
  },
};

/** Everybody of the office whose basket it has come into, as long as it is open. */
async function tellKorb(tx: ReadTx, eingangIds: readonly string[], satz: string, bemerkung?: unknown) {
  if (!eingangIds.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'absender', 'organisationseinheit_id', 'schutz_id']).where('id', 'in', [...eingangIds]).where('status', 'in', ['erfasst', 'in_bearbeitung']).execute();
  const leute = await listBenutzerDerOes(tx, rows.map((r) => r.organisationseinheit_id), 'eingang.lesen');
  // In a basket of a protected class not everybody of the office may read, and what the bell says stays.
  const klassen = await getKlassen(tx, rows.map((r) => r.schutz_id));
  const zusatz = (r: (typeof rows)[number]) => (klassen.has(r.schutz_id) ? '' : `${r.absender && ` von ${r.absender}`}${bemerkung ? `: ${String(bemerkung)}` : ''}`);
  return rows.flatMap((r) => (leute.get(r.organisationseinheit_id) ?? []).map((benutzerId) => ({
    benutzerId, satz, objekt: { typ: 'eingang', id: r.id }, zusatz: zusatz(r), pfad: `/posteingang/${r.id}`,
  })));
}
export const anlaesse: Benachrichtigungsanlass[] = [
  // An office gets dozens a day, and its basket counts them: whoever wants to hear of each says so.
  { schluessel: 'eingang.neu', titel: 'Ein neuer Eingang liegt in meinem Korb', ereignisse: ['eingang.angelegt'], vorgabe: 'nicht', create: (tx, { objekte }) => tellKorb(tx, objekte.eingang ?? [], 'Neu im Korb') },
  { schluessel: 'eingang.weitergeleitet', titel: 'Ein Eingang ist in meinen Korb weitergeleitet', ereignisse: ['eingang.weitergeleitet'], vorgabe: 'postfach', create: (tx, { objekte, daten }) => tellKorb(tx, objekte.eingang ?? [], 'Weitergeleitet', daten.bemerkung) },
];

const FELDER: Record<string, string> = { betreff: 'Betreff', absender: 'Absender', absenderArt: 'Art des Absenders', posteingangsdatum: 'Posteingangsdatum', datumDesSchreibens: 'Datum des Schreibens', fremdesGeschaeftszeichen: 'fremdes Geschäftszeichen', bemerkung: 'Bemerkung', status: 'Status' };
const felder = (daten: Record<string, any>) => ((daten.aenderungen ?? []) as { feld: string }[]).map((a) => FELDER[a.feld] ?? a.feld).join(', ');
export const verlaufstexte = {
  'eingang.angelegt': ({ daten }) => `hat den Eingang ${daten.nummer} erfasst${daten.dubletteVon ? '; eine gleiche Datei lag schon vor' : ''}`,
  'eingang.geaendert': ({ daten }) => `hat den Eingang geändert: ${felder(daten)}`,
  'eingang.ergaenzt': ({ daten }) => `hat aus dem Inhalt ergänzt: ${felder(daten)}`,
  'eingang.gelesen': ({ daten }) => (daten.dubletteVon ? 'hat die Nachricht als schon eingegangen erkannt' : 'hat die Kopfdaten der Nachricht gelesen'),
  'eingang.weitergeleitet': ({ daten }) => `hat den Eingang von ${daten.von ?? '–'} an ${daten.nach} weitergeleitet${daten.bemerkung ? `: ${daten.bemerkung}` : ''}`,
  'eingang.abgelegt': ({ daten }) => `hat den Eingang ${daten.nummer} als ${daten.kennzeichen} abgelegt`,
  'eingang.zurueckgewiesen': ({ daten }) => `hat den Eingang ${daten.nummer} zurückgewiesen: ${daten.grund}`,
  'eingang.wieder_aufgenommen': ({ daten }) => `hat die Zurückweisung von ${daten.nummer} aufgehoben`,
  'eingang.stapel_geteilt': ({ daten }) => `hat „${daten.dateiname}“ in ${daten.teile?.length ?? 0} Eingänge aufgeteilt`,
  'posteingangskorb.angelegt': () => 'hat den Korb eingerichtet',
  'posteingang.eingestellt': () => 'hat den Korb für Post ohne Angabe geändert',
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
