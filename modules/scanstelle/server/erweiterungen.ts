import type { Inhaltsverwendung } from '#platform/server/extension.ts';
import { tables } from '#platform/server/tx.ts';
import { stapelPolicy } from './policy.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const db = tables<ScanstelleTables>();

/** The raw files of a batch: they hold other people's letters as well, so whoever may read one Eingang of it may not read them. */
export const inhaltsverwendung: Inhaltsverwendung = {
  typ: 'stapel',
  async find(tx, inhaltIds) {
    if (!inhaltIds.length) return new Map();
    const rows = await db.read(tx).selectFrom('scanstelle.rohdatei').select(['inhalt_id', 'stapel_id']).where('inhalt_id', 'in', [...inhaltIds]).execute();
    return new Map([...Map.groupBy(rows, (r) => r.inhalt_id)].map(([id, uses]) => [id, uses.map((u) => u.stapel_id)]));
  },
  authorizeLesen: (tx, id) => stapelPolicy.authorize(tx, 'scanstapel.sehen', id),
};

const n = (zahl: unknown, eins: string, viele: string) => `${String(zahl)} ${zahl === 1 ? eins : viele}`;
const SCHRITTE: Record<string, string> = { drehen: 'Seiten gedreht', teilen: 'einen Brief geteilt', verbinden: 'zwei Briefe verbunden', verschieben: 'eine Seite verschoben', entfernen: 'Seiten entfernt', wiederherstellen: 'Seiten wiederhergestellt', nachscan: 'Seiten zum erneuten Scannen vorgemerkt', brief: 'Angaben zu einem Brief geändert', ergebnis: 'einen Brief angesehen' };
export const verlaufstexte = {
  'scanstapel.angelegt': ({ daten }) => `hat den Stapel ${daten.nummer} angelegt`,
  'scandatei.angelegt': ({ daten }) => (daten.art === 'manifest' ? 'hat das Manifest entgegengenommen' : daten.art === 'nachscan' ? 'hat erneut gescannte Seiten entgegengenommen' : 'hat eine Scandatei entgegengenommen'),
  'scandatei.gelesen': ({ daten }) => (daten.fehler ? `konnte eine Scandatei nicht lesen: ${daten.fehler}` : `hat die Seiten ${daten.von} bis ${daten.bis} von ${daten.anzahl} einer Scandatei gelesen`),
  'scandatei.zugeordnet': ({ daten }) => `hat ${n(daten.anzahl, 'Scandatei', 'Scandateien')} nach dem Manifest zugeordnet`,
  'scanstapel.aufgegangen': () => 'hat den Stapel aufgelöst: seine Dateien gehören nach einem Manifest zu anderen',
  'scanstapel.wartet': ({ daten }) => `hat den Stapel ${daten.nummer} angehalten: ${daten.hindernis}`,
  'scanstapel.vollzaehlig': ({ daten }) => `hat alle Dateien des Stapels ${daten.nummer} beisammen`,
  'scanstapel.zerlegt': ({ daten }) => `hat den Stapel ${daten.nummer} in ${n(daten.seiten, 'Seite', 'Seiten')} zerlegt`,
  'scanstapel.abweichung_hingenommen': ({ daten }) => `hat die Abweichung vom Manifest hingenommen (${daten.abweichung}): ${daten.grund}`,
  'scanstapel.getrennt': ({ daten }) => `hat den Stapel ${daten.nummer} in ${n(daten.briefe, 'Brief', 'Briefe')} getrennt und davon ${daten.stichprobe?.gezogen?.length ?? 0} zur Prüfung gezogen`,
  'scanstapel.bearbeitet': ({ daten }) => `hat im Stapel ${daten.nummer} ${SCHRITTE[daten.schritt] ?? 'etwas geändert'}${daten.ergebnis ? (daten.ergebnis === 'mangel' ? ': Mangel' : ': in Ordnung') : ''}`,
  'scanstapel.nachgescannt': ({ daten }) => `hat im Stapel ${daten.nummer} ${n(daten.seiten, 'Seite', 'Seiten')} durch einen erneuten Scan ersetzt`,
  'scanstapel.nachscan_passt_nicht': ({ daten }) => `konnte den erneuten Scan im Stapel ${daten.nummer} nicht einsetzen: ${n(daten.seiten, 'Seite', 'Seiten')} statt ${daten.vorgemerkt}`,
  'scanstapel.geprueft': ({ daten }) => `hat die Prüfung des Stapels ${daten.nummer} abgeschlossen (${n(daten.briefe, 'Brief', 'Briefe')}, ${n(daten.seiten, 'Seite', 'Seiten')})`,
  'scanstapel.wieder_geoeffnet': ({ daten }) => `hat die Prüfung des Stapels ${daten.nummer} wieder geöffnet`,
  'scanstapel.briefe_geschrieben': ({ daten }) => `hat ${n(daten.briefe?.length, 'Brief', 'Briefe')} des Stapels ${daten.nummer} als PDF geschrieben`,
  'scanstapel.uebernommen': ({ daten }) => `hat den Stapel ${daten.nummer} übernommen: ${n(daten.vermerke?.length, 'Eingang', 'Eingänge')}`,
  'scanstapel.verworfen': ({ daten }) => `hat den Stapel ${daten.nummer} verworfen: ${daten.grund}`,
  'transfervermerk.erstellt': ({ daten }) => `hat den Transfervermerk erstellt (Stapel ${daten.stapel}, SHA-256 ${String(daten.sha256).slice(0, 12)}…)`,
  'scanprofil.angelegt': ({ daten }) => `hat das Scanprofil „${daten.bezeichnung}“ angelegt`,
  'scanprofil.geaendert': ({ daten }) => `hat das Scanprofil „${daten.bezeichnung}“ geändert`,
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
