import { eingangPolicy } from '#modules/posteingang/server/index.ts';
import { getMandant } from '#modules/organisation/server/index.ts';
import { erstelltAm, type Bericht } from '#platform/server/bericht/bericht.ts';
import { NotFound } from '#platform/server/errors.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import type { Transfervermerk } from '../contract.ts';
import { hashVermerk, seitenfolge, type Vermerk } from './pruefung/vermerk.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const db = tables<ScanstelleTables>();

/** Of an Eingang that came through the scan station; null for every other. */
export async function getTransfervermerk(tx: ReadTx, eingangId: string): Promise<Transfervermerk | null> {
  await eingangPolicy.authorize(tx, 'eingang.sehen', eingangId);
  const row = await db.read(tx).selectFrom('scanstelle.transfervermerk').selectAll().where('eingang_id', '=', eingangId).executeTakeFirst();
  if (!row) return null;
  const { fassung: _, eingang: __, ...vermerk } = JSON.parse(row.vermerk) as Vermerk;
  return { id: row.id, sha256: row.sha256, erstellt: row.erstellt, ...vermerk, unveraendert: hashVermerk(row.vermerk) === row.sha256 };
}

const am = (zeit: string | null) => (zeit === null ? '' : formatZeit(new Date(zeit), { dateStyle: 'medium', timeStyle: 'short' }));
const zeile = (was: string, wert: string | null) => [was, wert || '–'];
/** The same on paper. */
export async function readVermerkBericht(tx: ReadTx, eingangId: string): Promise<{ bericht: Bericht; dateiname: string }> {
  const v = await getTransfervermerk(tx, eingangId);
  if (!v) throw NotFound('Transfervermerk');
  const { nummer } = await eingangPolicy.authorize(tx, 'eingang.sehen', eingangId);
  const mandant = await getMandant(tx);
  const bericht: Bericht = {
    behoerde: mandant.name, titel: 'Transfervermerk', untertitel: `Eingang ${nummer}, Stapel ${v.stapel.nummer}`, erstellt: erstelltAm(new Date(), ''),
    abschnitte: [
      { titel: 'Erklärung', text: [v.erklaerung] },
      { titel: 'Herstellung', tabelle: { spalten: [{ titel: 'Angabe', breite: 1 }, { titel: 'Wert', breite: 3 }], zeilen: [
        zeile('Scanstation', v.stapel.station), zeile('Profil', v.stapel.profil), zeile('Gescannt', [v.gescannt.von, am(v.gescannt.am)].filter(Boolean).join(', ')),
        zeile('Geprüft', `${v.geprueft.von}, ${am(v.geprueft.am)}`), zeile('Übernommen', `${v.uebernommen.von}, ${am(v.uebernommen.am)}`),
        zeile('Dokument', `${v.dokument.dateiname}, ${v.dokument.seiten} ${v.dokument.seiten === 1 ? 'Seite' : 'Seiten'}`), zeile('SHA-256 des Dokuments', v.dokument.sha256),
      ] } },
      { titel: 'Quellen', tabelle: { spalten: [{ titel: 'Rohdatei', breite: 2 }, { titel: 'Seiten', breite: 1 }, { titel: 'SHA-256', breite: 3 }], zeilen: v.quellen.map((q) => [q.dateiname, seitenfolge(q.seiten), q.sha256]) } },
      { titel: 'Änderungen gegenüber dem Scan', text: v.aenderungen.length ? v.aenderungen : ['keine'] },
      { titel: 'Prüfsumme dieses Vermerks', text: [`SHA-256 ${v.sha256}; sie steht im versiegelten Protokoll.`] },
    ],
  };
  return { bericht, dateiname: `Transfervermerk ${nummer}` };
}
