import type { Benachrichtigungsanlass, VerlaufEreignis } from '#platform/server/extension.ts';
import { tables } from '#platform/server/tx.ts';
import type { OrganisationTables } from '../tables.gen.ts';

const db = tables<OrganisationTables>();
const tag = (t: string) => t.split('-').reverse().join('.');
const zeitraum = ({ von, bis }: { von: string; bis: string | null }) => (bis === null ? `ab ${tag(von)}` : von === bis ? `am ${tag(von)}` : `vom ${tag(von)} bis ${tag(bis)}`);
const umfang: Record<string, string> = { alles: '', rolle: ', nur für bestimmte Rollen', oe: ', nur für bestimmte Organisationseinheiten', sachgebiet: ', nur für bestimmte Sachgebiete' };

export const verlaufstexte: Record<string, (e: VerlaufEreignis) => string> = {
  'vertretung.angelegt': ({ daten }) => `hat ${daten.durch} als Vertretung für ${daten.fuer} eingetragen, ${zeitraum(daten as never)}${umfang[daten.umfang] ?? ''}${(daten.stelle ?? daten.rang) > 1 ? ` (an ${daten.stelle ?? daten.rang}. Stelle)` : ''}`,
  'vertretung.geordnet': ({ daten }) => `hat in der Vertretung von ${daten.fuer} ${daten.vor} vor ${daten.nach} gestellt`,
  'vertretung.beendet': ({ daten }) => `hat die Vertretung von ${daten.fuer} durch ${daten.durch} beendet`,
};

/** Both people hear of it; whoever did it is left out by »benachrichtigung«. */
export const anlass: Benachrichtigungsanlass = {
  schluessel: 'vertretung', titel: 'Jemand soll mich vertreten oder ich jemanden, oder das endet', ereignisse: ['vertretung.angelegt', 'vertretung.beendet'], vorgabe: 'sofort',
  async create(tx, { art, objekte, daten }) {
    const row = await db.read(tx).selectFrom('organisation.vertretung').selectAll().where('id', '=', objekte.vertretung?.[0] ?? '').executeTakeFirst();
    if (!row) return [];
    const neu = art === 'vertretung.angelegt';
    const wann = zeitraum({ von: row.von, bis: row.bis });
    return [
      { benutzerId: row.vertreter_id, satz: neu ? `Sie vertreten ${daten.fuer} ${wann}` : `Ihre Vertretung für ${daten.fuer} ist beendet`, pfad: '/konto/vertretung' },
      { benutzerId: row.benutzer_id, satz: neu ? `${daten.durch} vertritt Sie ${wann}` : `Ihre Vertretung durch ${daten.durch} ist beendet`, pfad: '/konto/vertretung' },
    ];
  },
};
