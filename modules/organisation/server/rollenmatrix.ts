import { downloadBericht, erstelltAm, type Bericht } from '#platform/server/bericht/bericht.ts';
import { routeWithSend } from '#platform/server/module.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { api } from '../contract.ts';
import { getBenutzerKurz } from './kurz.ts';
import { getMandant } from './mandant.ts';
import { isEffective, nameRechte } from './rechte.ts';
import { effectiveRechte } from './rolle.ts';
import type { OrganisationTables } from './tables.gen.ts';

const db = tables<OrganisationTables>();
/** As many Rollen as a printed line has room for. */
const JE_TAFEL = 9;

/** Rechte × Rollen, by as many tables as there are lines full of Rollen. */
async function readRollenmatrix(tx: ReadTx): Promise<Bericht> {
  const rollen = (await db.read(tx).selectFrom('organisation.rolle').select(['schluessel', 'bezeichnung', 'rechte']).orderBy('bezeichnung').execute()).map((r) => ({ bezeichnung: r.bezeichnung, hat: new Set(effectiveRechte(tx.rechte, r)) }));
  const namen = nameRechte(tx);
  const rechte = Object.keys(tx.rechte).filter((recht) => isEffective(tx, recht));
  const gruppen = Array.from({ length: Math.ceil(rollen.length / JE_TAFEL) }, (_, i) => rollen.slice(i * JE_TAFEL, (i + 1) * JE_TAFEL));
  const [mandant, wer] = [await getMandant(tx), await getBenutzerKurz(tx, [tx.ctx.akteur.id])];
  return {
    behoerde: mandant.name, titel: 'Rollen und Rechte', untertitel: `${rollen.length} Rollen, ${rechte.length} Rechte`, erstellt: erstelltAm(new Date(), wer.get(tx.ctx.akteur.id)?.name ?? ''),
    abschnitte: gruppen.map((gruppe, i) => ({
      titel: gruppen.length > 1 ? `Rollen ${i + 1} von ${gruppen.length}` : 'Rollen', tabelle: {
        spalten: [{ titel: 'Recht', breite: 40 }, ...gruppe.map((r) => ({ titel: r.bezeichnung, breite: 12 }))],
        zeilen: rechte.map((recht) => [namen.get(recht) ?? recht, ...gruppe.map((r) => (r.hat.has(recht) ? 'ja' : ''))]),
      },
    })),
  };
}

/** Who took it along stands in the history. */
export const rollenmatrixRoute = routeWithSend(api.exportRollenmatrix, {
  handle: async (tx, { query: { format } }) => ({ format, bericht: await readRollenmatrix(tx) }),
  record: (tx, { format }) => tx.record({ art: 'rolle.matrix_ausgegeben', objekte: { mandant: tx.ctx.mandantId }, daten: { format } }),
  send: (_io, { format, bericht }) => downloadBericht(format, bericht, 'Rollen und Rechte'),
});
