import { sql } from 'kysely';
import type { z } from 'zod';
import { getOrganisationseinheitenKurz } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { felder, type api, type Feld, type Vorschlagsguete } from '../contract.ts';
import { kalibrierungsfehler } from './lernen/kalibrierung.ts';
import type { VorschlagswesenTables } from './tables.gen.ts';

const db = tables<VorschlagswesenTables>();
/** A share of fewer says nothing of the way and too much of a few letters. */
const MIN_FAELLE = 20;

/** How many proposals were taken over as they stood, by field and by office. Never by person: the facts know none. */
export async function getVorschlagsguete(tx: ReadTx, { von, bis }: z.output<typeof api.getVorschlagsguete.query>): Promise<Vorschlagsguete> {
  const faecher = sql<number>`least(9, floor(coalesce(konfidenz, 0) * 10))`;
  const rows = await db.read(tx).selectFrom('vorschlagswesen.ergebnis')
    .select(['feld', 'organisationseinheit_id', 'ausgang', faecher.as('fach'), (eb) => eb.fn.countAll<number>().as('n'), sql<number>`coalesce(sum(konfidenz), 0)::float8`.as('konfidenz')])
    .$if(von !== undefined, (q) => q.where('tag', '>=', von!)).$if(bis !== undefined, (q) => q.where('tag', '<=', bis!)).groupBy(['feld', 'organisationseinheit_id', 'ausgang', 'fach']).execute();
  const { beispiele } = await db.read(tx).selectFrom('vorschlagswesen.beispiel').select((eb) => eb.fn.countAll<number>().as('beispiele')).executeTakeFirstOrThrow();
  type Row = (typeof rows)[number];
  const quote = (teil: readonly Row[]) => {
    const mit = (...ausgang: Row['ausgang'][]) => teil.filter((r) => ausgang.includes(r.ausgang)).reduce((n, r) => n + Number(r.n), 0);
    return { vorgeschlagen: mit('uebernommen', 'berichtigt'), uebernommen: mit('uebernommen'), weissNicht: mit('weiss_nicht') };
  };
  const eichfehler = (teil: readonly Row[]) => {
    const faelle = teil.filter((r) => r.ausgang !== 'weiss_nicht').flatMap((r) => Array.from({ length: Number(r.n) }, () => ({ konfidenz: r.konfidenz / Number(r.n), richtig: r.ausgang === 'uebernommen' })));
    return faelle.length < MIN_FAELLE ? null : Math.round(kalibrierungsfehler(faelle) * 1000) / 1000;
  };
  const oes = await getOrganisationseinheitenKurz(tx, rows.map((r) => r.organisationseinheit_id));
  return {
    beispiele: Number(beispiele),
    felder: felder.flatMap((feld: Feld) => { const teil = rows.filter((r) => r.feld === feld); return teil.length ? [{ feld, ...quote(teil), kalibrierungsfehler: eichfehler(teil) }] : []; }),
    organisationseinheiten: [...Map.groupBy(rows, (r) => r.organisationseinheit_id)].flatMap(([id, teil]) => { const oe = oes.get(id); return oe ? [{ organisationseinheit: oe as never, ...quote(teil) }] : []; }).toSorted((a, b) => b.vorgeschlagen - a.vorgeschlagen),
  };
}
