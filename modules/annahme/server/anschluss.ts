import { AppError, defineErrors } from '#platform/server/errors.ts';

/** Rules and errors: no input or output, no SQL, no clock. */
export const EINLIEFERN = 'sendung.einliefern';
export const VERWALTEN = 'annahme.verwalten';

export const AnnahmeErrors = defineErrors('annahme', {
  name_vergeben: { status: 409, title: 'Einen Anschluss mit diesem Namen gibt es schon', constraint: 'anschluss_name_vergeben' },
  widerrufen: { status: 409, title: 'Dieser Anschluss ist widerrufen' },
  datei_unbekannt: { status: 404, title: 'Das Manifest dieser Sendung nennt keine Datei mit dieser Nummer' },
});

/** One thing that does not fit: where, and in German what. */
export type Abweichung = { pfad: string; text: string };
/** A refusal as it is kept and told: plain, so that it survives the Idempotency-Key. */
export type Abgewiesen = { code: string; status: number; title: string; details: Abweichung[] };
export class Abweisung extends AppError {
  readonly abweichungen: Abweichung[];
  constructor(code: string, status: number, title: string, abweichungen: Abweichung[]) {
    super(`annahme.${code}`, status, title, abweichungen);
    this.abweichungen = abweichungen;
  }
}
export const toAbgewiesen = ({ code, status, title, abweichungen }: Abweisung): Abgewiesen => ({ code, status, title, details: abweichungen });
export const toError = ({ code, status, title, details }: Abgewiesen) => new AppError(code, status, title, details);

const PRAEFIX = 'vaa_';
/** The token says in which house it is looked up: no list of all tokens of the Verbund is needed, and none is searched. */
export const tokenPraefix = (mandantId: string) => `${PRAEFIX}${Buffer.from(mandantId.replaceAll('-', ''), 'hex').toString('base64url')}.`;
export function mandantOf(token: string): string | undefined {
  const [, haus] = /^vaa_([\w-]{22})\.[\w-]{43}$/.exec(token) ?? [];
  const hex = haus && Buffer.from(haus, 'base64url').toString('hex');
  return hex && hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
export { PRAEFIX as ANSCHLUSS_PRAEFIX };
