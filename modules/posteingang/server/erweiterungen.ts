import type { Inhaltsort } from '#modules/aufbereitung/server/index.ts';
import { getRolleDerVorgabe, listBenutzerDerOes, listBenutzerMitRecht, listLeitungenDerOes, listMitglieder } from '#modules/organisation/server/index.ts';
import { getKlassen } from '#modules/zugriff/server/index.ts';
import type { Benachrichtigungsanlass, Inhaltsverwendung, Schutzobjekt, Suchobjekt, Suchobjektart } from '#platform/server/extension.ts';
import type { Stufe } from '#platform/server/policy.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { offene } from '../contract.ts';
import { eingangPolicy } from './policy.ts';
import type { PosteingangTables } from './tables.gen.ts';

const db = tables<PosteingangTables>();

/** Found only by whoever looks for what was put aside. */
const beiseite = new Set(['zurueckgewiesen', 'weitergeleitet', 'vernichtet']);
async function load(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').selectAll().where('id', 'in', [...ids]).execute();
  const mitgelieferte = await db.read(tx).selectFrom('posteingang.anlage').select(['eingang_id', 'inhalt_id']).where('eingang_id', 'in', [...ids]).execute();
  const anlagen = new Map([...Map.groupBy(mitgelieferte, (a) => a.eingang_id)].map(([id, list]) => [id, list.map((a) => a.inhalt_id)]));
  return rows.map((r) => ({
    id: r.id, typ: 'eingang', titel: r.betreff, zusatz: [r.nummer, r.absender, r.fremdes_geschaeftszeichen, r.dateiname, r.bemerkung].filter((w): w is string => Boolean(w)), kennzeichen: r.nummer, schutzId: r.schutz_id,
    datum: r.posteingangsdatum, art: r.kanal, status: r.status, aktenplaneinheitId: null, organisationseinheitId: r.organisationseinheit_id, akteId: r.akte_id, vorgangId: r.vorgang_id, storniert: beiseite.has(r.status),
    // what only one OE may open has no words in an index of all (PE-05)
    inhaltIds: r.verschlossen === null && r.status !== 'vernichtet' ? [r.inhalt_id, ...anlagen.get(r.id) ?? []] : [],
  }));
}
export const suchobjekt: Suchobjektart = {
  typ: 'eingang', label: 'Eingang', load,
  ereignisse: ['eingang.angelegt', 'eingang.geaendert', 'eingang.ergaenzt', 'eingang.gelesen', 'eingang.uebernommen', 'eingang.zurueckgelegt', 'eingang.weitergeleitet', 'eingang.irrlaeufer', 'eingang.abgelegt', 'eingang.zurueckgewiesen', 'eingang.abgegeben', 'eingang.wieder_aufgenommen', 'eingang.vernichtet'],
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
    const anlagen = await db.read(tx).selectFrom('posteingang.anlage').select(['inhalt_id', 'eingang_id as id']).where('inhalt_id', 'in', [...inhaltIds]).execute();
    return new Map([...Map.groupBy([...own, ...anlagen, ...scans], (r) => r.inhalt_id)].map(([id, uses]) => [id, uses.map((u) => u.id)]));
  },
  authorizeLesen: (tx, id) => eingangPolicy.authorize(tx, 'eingang.lesen', id),
};

/** Post that is still open concerns the office in whose basket it lies. */
export const inhaltsort: Inhaltsort = {
  typ: 'eingang',
  async find(tx, inhaltIds) {
    if (!inhaltIds.length) return new Map();
    const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'inhalt_id', 'organisationseinheit_id']).where('inhalt_id', 'in', [...inhaltIds]).where('status', 'in', [...offene]).execute();
    const leute = await listBenutzerDerOes(tx, rows.map((r) => r.organisationseinheit_id), 'eingang.lesen');
    return new Map(rows.map((r) => [r.inhalt_id, { id: r.id, pfad: `/posteingang/${r.id}`, benutzerIds: leute.get(r.organisationseinheit_id) ?? [] }]));
  },
};

/** Everybody of the office whose basket it has come into, as long as it is open. */
async function tellKorb(tx: ReadTx, eingangIds: readonly string[], satz: string, bemerkung?: unknown) {
  if (!eingangIds.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'absender', 'organisationseinheit_id', 'schutz_id']).where('id', 'in', [...eingangIds]).where('status', 'in', [...offene]).where('automatik', 'is', null).execute();
  const leute = await listBenutzerDerOes(tx, rows.map((r) => r.organisationseinheit_id), 'eingang.lesen');
  // In a basket of a protected class not everybody of the office may read, and what the bell says stays.
  const klassen = await getKlassen(tx, rows.map((r) => r.schutz_id));
  const zusatz = (r: (typeof rows)[number]) => (klassen.has(r.schutz_id) ? '' : `${r.absender && ` von ${r.absender}`}${bemerkung ? `: ${String(bemerkung)}` : ''}`);
  return rows.flatMap((r) => (leute.get(r.organisationseinheit_id) ?? []).map((benutzerId) => ({
    benutzerId, satz, objekt: { typ: 'eingang', id: r.id }, zusatz: zusatz(r), pfad: `/posteingang/${r.id}`,
  })));
}
/** What waits to be distributed is told to those who distribute; what lies in a basket to whoever leads its OE, and where nobody does to all who work in it. One message an OE. */
async function tellUeberfaellig(tx: ReadTx, eingangIds: readonly string[]) {
  if (!eingangIds.length) return [];
  const rows = await db.read(tx).selectFrom('posteingang.eingang').select(['id', 'status', 'organisationseinheit_id']).where('id', 'in', [...eingangIds]).where('status', 'in', ['erfasst', 'verteilt']).execute();
  const [wartend, imKorb] = [rows.filter((r) => r.status === 'erfasst'), rows.filter((r) => r.status === 'verteilt')];
  const poststelle = wartend.length ? await listPoststelle(tx) : [];
  const oes = [...new Set(imKorb.map((r) => r.organisationseinheit_id))];
  const leitungen = await listLeitungenDerOes(tx, oes);
  const alle = await listBenutzerDerOes(tx, oes, 'eingang.lesen');
  const wem = (oe: string) => leitungen.get(oe) ?? alle.get(oe) ?? [];
  const sage = (benutzerIds: readonly string[], gleiche: typeof rows, pfad: string) => [...new Set(benutzerIds)].map((benutzerId) => ({
    benutzerId, satz: gleiche.length === 1 ? 'Überfällig im Posteingang' : `${gleiche.length} Eingänge überfällig`, ...(gleiche.length === 1 && { objekt: { typ: 'eingang', id: gleiche[0]!.id } }), pfad: gleiche.length === 1 ? `/posteingang/${gleiche[0]!.id}` : pfad,
  }));
  return [...(wartend.length ? sage(poststelle, wartend, '/posteingang?ueberfaellig=true') : []),
    ...[...Map.groupBy(imKorb, (r) => r.organisationseinheit_id)].flatMap(([oe, gleiche]) => sage(wem(oe), gleiche, `/posteingang?ueberfaellig=true&organisationseinheitId=${oe}`))];
}
async function listPoststelle(tx: ReadTx): Promise<string[]> {
  const rolle = await getRolleDerVorgabe(tx, 'poststelle');
  const leute = rolle ? (await listMitglieder(tx, { rollen: [rolle], oes: [] })).map((m) => m.benutzerId) : [];
  return leute.length ? leute : listBenutzerMitRecht(tx, 'posteingang.verwalten');
}
export const anlaesse: Benachrichtigungsanlass[] = [
  // An office gets dozens a day, and its basket counts them: whoever wants to hear of each says so.
  { schluessel: 'eingang.neu', titel: 'Ein neuer Eingang liegt in meinem Korb', ereignisse: ['eingang.angelegt'], vorgabe: 'nicht', create: (tx, { objekte }) => tellKorb(tx, objekte.eingang ?? [], 'Neu im Korb') },
  { schluessel: 'eingang.weitergeleitet', titel: 'Ein Eingang ist in meinen Korb weitergeleitet', ereignisse: ['eingang.weitergeleitet', 'eingang.irrlaeufer'], vorgabe: 'postfach', create: (tx, { art, objekte, daten }) => tellKorb(tx, objekte.eingang ?? [], art === 'eingang.irrlaeufer' ? 'Als Irrläufer hierher gegeben' : 'Weitergeleitet', daten.bemerkung) },
  { schluessel: 'eingang.ueberfaellig', titel: 'Ein Eingang, für den ich einstehe, ist überfällig', ereignisse: ['eingang.ueberfaellig'], vorgabe: 'postfach', create: (tx, { objekte }) => tellUeberfaellig(tx, objekte.eingang ?? []) },
];

const FELDER: Record<string, string> = { betreff: 'Betreff', absender: 'Absender', absenderArt: 'Art des Absenders', posteingangsdatum: 'Posteingangsdatum', datumDesSchreibens: 'Datum des Schreibens', fremdesGeschaeftszeichen: 'fremdes Geschäftszeichen', bemerkung: 'Bemerkung', dokumenttyp: 'Typ', frist: 'Frist', betrag: 'Betrag', organisationseinheitId: 'zentraler Korb', fristZentral: 'Frist im zentralen Korb', fristOe: 'Frist im Korb einer Organisationseinheit', vernichtungMonate: 'Aufbewahrung von Zurückgewiesenem', bezeichnung: 'Bezeichnung', merkmale: 'Merkmale' };
/** One Eingang by its number, several by how many. */
const welche = (daten: Record<string, any>) => (daten.nummern ? `${daten.nummern.length} Eingänge` : `den Eingang ${daten.nummer ?? ''}`.trim());
const felder = (daten: Record<string, any>) => ((daten.aenderungen ?? []) as { feld: string }[]).map((a) => FELDER[a.feld] ?? a.feld).join(', ');
export const verlaufstexte = {
  'eingang.angelegt': ({ daten }) => `hat den Eingang ${daten.nummer} erfasst${daten.dubletteVon ? '; eine gleiche Datei lag schon vor' : ''}`,
  'eingang.geaendert': ({ daten }) => `hat den Eingang geändert: ${felder(daten)}`,
  'eingang.ergaenzt': ({ daten }) => `hat aus dem Inhalt ergänzt: ${felder(daten)}`,
  'eingang.gelesen': ({ daten }) => (daten.dubletteVon ? 'hat die Nachricht als schon eingegangen erkannt' : 'hat die Kopfdaten der Nachricht gelesen'),
  'eingang.weitergeleitet': ({ daten }) => `hat ${welche(daten)} von ${daten.von ?? '–'} an ${daten.nach} weitergeleitet${daten.bemerkung ? `: ${daten.bemerkung}` : ''}`,
  'eingang.irrlaeufer': ({ daten }) => `hat ${welche(daten)} als Irrläufer von ${daten.von ?? '–'} an ${daten.nach} gegeben: ${daten.bemerkung ?? ''}`,
  'eingang.uebernommen': ({ daten }) => `hat ${welche(daten)} in Bearbeitung genommen`,
  'eingang.zurueckgelegt': ({ daten }) => `hat ${welche(daten)} in den Korb zurückgelegt`,
  'eingang.abgegeben': ({ daten }) => `hat ${welche(daten)} nach außen weitergeleitet an ${daten.empfaenger} (${daten.versandweg}): ${daten.grund}`,
  'eingang.abgelegt': ({ daten }) => `hat den Eingang ${daten.nummer} als ${daten.kennzeichen} abgelegt`,
  'eingang.zurueckgewiesen': ({ daten }) => `hat ${welche(daten)} zurückgewiesen: ${daten.grund}`,
  'eingang.wieder_aufgenommen': ({ daten }) => `hat ${welche(daten)} wieder aufgenommen`,
  'eingang.stapel_geteilt': ({ daten }) => `hat „${daten.dateiname}“ in ${daten.teile?.length ?? 0} Eingänge aufgeteilt`,
  'eingang.ueberfaellig': ({ daten }) => `hat ${welche(daten)} als überfällig gemeldet`,
  'posteingang.bilanz_geprueft': ({ daten }) => (daten.differenzen?.length ? `hat die Bilanz des Posteingangs geprüft: sie schließt nicht` : 'hat die Bilanz des Posteingangs geprüft: sie schließt'),
  'eingang.vernichtet': ({ daten }) => `hat den Inhalt von ${daten.nummern ? `${daten.nummern.length} Eingängen` : daten.nummer} nach Ablauf der Frist vernichtet`,
  'posteingangsvernichtung.vorgeschlagen': ({ daten }) => `hat ${daten.anzahl} Eingänge zur Vernichtung ihres Inhalts vorgeschlagen`,
  'posteingangsvernichtung.beantragt': () => 'hat die Vernichtung beantragt',
  'posteingangsvernichtung.zurueckgezogen': () => 'hat den Antrag auf Vernichtung zurückgenommen',
  'posteingangsvernichtung.ausgefuehrt': ({ daten }) => `hat die Vernichtung bestätigt: Inhalt von ${daten.anzahl} Eingängen gelöscht`,
  'posteingangskorb.angelegt': () => 'hat den Korb eingerichtet',
  'posteingang.eingestellt': ({ daten }) => `hat die Einstellungen des Posteingangs geändert: ${felder(daten)}`,
  'posteingangsausnahme.angelegt': ({ daten }) => `hat die Ausnahme „${daten.bezeichnung}“ von der zentralen Öffnung angelegt`,
  'posteingangsausnahme.geaendert': ({ daten }) => `hat die Ausnahme „${daten.bezeichnung}“ geändert: ${felder(daten)}`,
  'posteingangsausnahme.geloescht': ({ daten }) => `hat die Ausnahme „${daten.bezeichnung}“ gelöscht`,
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
