import { sql } from 'kysely';
import { systemContext, type RequestContext } from '#platform/server/context.ts';
import { cookieName } from '#platform/server/http/caller.ts';
import type { Database } from '#platform/server/tx.ts';
import { isEffectiveIn } from './rechte.ts';
import { effectiveRechte } from './rolle.ts';
import { hashToken } from './token.ts';
import { rowsOf, valueOf } from './verbund.ts';

export const COOKIE = 'sitzung';
export const TOKEN_PREFIX = 'va_';
export const minuten = (n: number) => sql`make_interval(mins => ${n}::int)`;

type Anfrage = { id: string; protocol: string; socket: { localPort?: number | undefined }; headers: Record<string, string | string[] | undefined>; cookies: Record<string, string | undefined> };
type Aufgeloest = {
  id: string; mandantId: string; benutzerId: string; mussAendern: boolean; auffrischen: boolean; nur?: string[];
  rollen: { id: string; schluessel: string | null; rechte: string[] | null }[]; organisationseinheiten: string[];
};
/** `leerlauf`: minutes without a request after which a session is over. */
type Wege = { database: Database; verbundId: string; leerlauf: number };

/**
 * Who asks, by the session's cookie or by `Authorization: Bearer`. Read with every request: a revoked session, a locked person and a Rolle taken
 * away have no next request. A machine acts with the id of its Benutzer and with those of the Benutzer's Rechte that its token names.
 */
export function createAuthenticate({ database, verbundId, leerlauf }: Wege) {
  return async function authenticate(request: Anfrage): Promise<RequestContext | undefined> {
    const bearer = /^Bearer (.+)$/i.exec(String(request.headers.authorization ?? ''))?.[1];
    const token = bearer ?? (request.headers.authorization === undefined ? request.cookies[cookieName(request, COOKIE)] : undefined);
    if (!token || token.length > 200) return undefined;
    const hash = hashToken(token);
    const verbund = systemContext(verbundId, verbundId, 'anmeldung', [], request.id);
    const { wer, rechte } = await database.read(verbund, async (tx) => ({
      wer: await valueOf<Aufgeloest | null>(tx, bearer ? sql`organisation.resolve_zugangstoken(${hash})` : sql`organisation.resolve_sitzung(${hash}, ${minuten(leerlauf)})`), rechte: tx.rechte,
    }));
    if (!wer) return undefined;
    if (wer.auffrischen) {
      // The last use is written beside the request, and may be lost.
      void database.write(verbund, (tx) => rowsOf(tx, bearer ? sql`organisation.touch_zugangstoken(${hash})` : sql`organisation.touch_sitzung(${hash})`)).catch(() => {});
    }
    // With a password that somebody else knows nothing may be done but changing it.
    const gehalten = wer.mussAendern ? [] : wer.rollen.flatMap((rolle) => effectiveRechte(rechte, rolle)).filter((recht) => (!wer.nur || wer.nur.includes(recht)) && isEffectiveIn({ mandantId: wer.mandantId, verbundId }, recht));
    return {
      mandantId: wer.mandantId, verbundId, weg: bearer ? 'api' : 'web', korrelationId: request.id, ...(!bearer && { sitzungId: wer.id }),
      akteur: {
        art: bearer ? 'maschine' : 'person', id: wer.benutzerId, rechte: new Set(gehalten),
        rollen: wer.mussAendern ? [] : wer.rollen.map((r) => r.id), organisationseinheiten: wer.mussAendern ? [] : wer.organisationseinheiten,
      },
    };
  };
}
