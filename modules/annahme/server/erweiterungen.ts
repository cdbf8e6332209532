import { listBenutzerMitRecht } from '#modules/organisation/server/index.ts';
import type { Benachrichtigungsanlass } from '#platform/server/extension.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { EINLIEFERN, VERWALTEN } from './anschluss.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();

export const rechtnamen = { [EINLIEFERN]: 'Sendungen: einliefern (nur Anschlüsse)', [VERWALTEN]: 'Anschlüsse: verwalten' };

export const akteurname = async (tx: ReadTx, ids: readonly string[]) =>
  new Map(ids.length ? (await db.read(tx).selectFrom('annahme.anschluss').select(['id', 'name']).where('id', 'in', [...ids]).execute()).map((r) => [r.id, r.name]) : []);

/** Those who look after the Anschlüsse; not what the delivery is about, which they need not know. */
export const anlaesse: Benachrichtigungsanlass[] = [{
  schluessel: 'annahme.verfallen', titel: 'Eine Sendung eines Fachverfahrens ist unvollständig geblieben', ereignisse: ['sendung.verfallen'], vorgabe: 'postfach',
  async create(tx, { objekte }) {
    const anschlussId = objekte.anschluss?.[0];
    const name = anschlussId && (await akteurname(tx, [anschlussId])).get(anschlussId);
    return name ? (await listBenutzerMitRecht(tx, VERWALTEN)).map((benutzerId) => ({ benutzerId, satz: `Eine Sendung von ${name} ist unvollständig geblieben`, pfad: `/verwaltung/anschluesse/${anschlussId}`, jeObjekt: true })) : [];
  },
}];

export const verlaufstexte = {
  'anschluss.angelegt': ({ daten }) => `hat den Anschluss „${daten.name}“ angelegt`,
  'anschluss.geaendert': ({ daten }) => `hat den Anschluss „${daten.name}“ geändert`,
  'anschluss.token_erneuert': ({ daten }) => `hat dem Anschluss „${daten.name}“ ein neues Token gegeben`,
  'anschluss.widerrufen': ({ daten }) => `hat den Anschluss „${daten.name}“ widerrufen`,
  'sendung.eroeffnet': ({ daten }) => `hat die Sendung ${daten.externeId} angekündigt`,
  'sendung.datei_erhalten': ({ daten }) => `hat Datei ${daten.nr} der Sendung eingeliefert`,
  'sendung.angenommen': ({ daten }) => `hat die Sendung ${daten.externeId} als ${daten.nummer} eingeliefert`,
  'sendung.abgelegt': ({ daten }) => `hat die Sendung von ${daten.anschluss} nach ihrer Angabe abgelegt`,
  'sendung.nicht_abgelegt': ({ daten }) => `hat die Sendung nicht von selbst abgelegt: ${daten.grund}`,
  'sendung.verfallen': ({ daten }) => `hat die Sendung ${daten.externeId} als unvollständig vermerkt`,
} satisfies Record<string, (e: { daten: Record<string, any> }) => string>;
