import { saveFremdaenderung } from '#platform/server/lesezugriff.ts';
import { job } from '#platform/server/module.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { z } from 'zod';
import { endVomEmpfaenger } from './commands.ts';
import { beendenJob, notzugriffJob, spiegelnJob, zugriffJob, type Freigabenachricht, type Zugriffsnachricht } from './nachrichten.ts';
import { storeNotzugriff } from './notzugriff.ts';
import type { VerbundTables } from './tables.gen.ts';

const db = tables<VerbundTables>();

/** At the recipient: what the owner has told. A repetition changes nothing, and what this side has ended stays ended. */
async function storeErhaltene(tx: WriteTx, n: z.output<typeof Freigabenachricht>): Promise<void> {
  const alt = await db.write(tx).selectFrom('verbund.erhalten').selectAll().where('id', '=', n.id).forUpdate().executeTakeFirst();
  if (alt && alt.partner_id !== n.absenderId) return;
  const daten = { kennzeichen: n.kennzeichen, empfaenger: n.empfaengerName, stufe: n.stufe, zweck: n.zweck, von: n.von, bis: n.bis, partner: n.absenderId };
  const objekte = { verbundfreigabe: n.id, ...(n.empfaengerArt === 'person' ? { benutzer: n.empfaengerId } : { organisationseinheit: n.empfaengerId }) };
  if (!alt) {
    await db.write(tx).insertInto('verbund.erhalten').values({
      id: n.id, partner_id: n.absenderId, objekt_typ: n.objektTyp, objekt_id: n.objektId, kennzeichen: n.kennzeichen, empfaenger_art: n.empfaengerArt, empfaenger_id: n.empfaengerId, empfaenger_name: n.empfaengerName,
      stufe: n.stufe, zweck: n.zweck, von: n.von, bis: n.bis, beendet_am: n.beendetAm, beendet_seite: n.beendetSeite,
    }).execute();
    await tx.record({ art: 'verbundfreigabe.erhalten', objekte, daten });
  } else if (alt.beendet_am === null && n.beendetAm !== null) {
    await db.write(tx).updateTable('verbund.erhalten').set({ beendet_am: n.beendetAm, beendet_seite: n.beendetSeite }).where('id', '=', n.id).execute();
    await tx.record({ art: 'verbundfreigabe.vom_eigner_beendet', objekte, daten });
  }
}

const same = { load: async <D>(_tx: unknown, data: D) => data, work: async <D>(_io: unknown, data: D) => data };
export const spiegeln = job({ ...spiegelnJob, rechte: [], ...same, store: storeErhaltene });
export const beenden = job({ ...beendenJob, rechte: [], ...same, store: endVomEmpfaenger });
export const zugriff = job({ ...zugriffJob, rechte: [], ...same, store: (tx, { absenderId, ...was }: z.output<typeof Zugriffsnachricht>) => saveFremdaenderung(tx, absenderId, was) });
export const notzugriff = job({ ...notzugriffJob, rechte: [], ...same, store: storeNotzugriff });
