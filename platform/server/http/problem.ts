import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, isUnavailable, Unavailable } from '../errors.ts';

// What a schema finds wrong is told to people, at the field it concerns. Messages of our own in the contracts stand as they are.
z.config(z.locales.de());

/** RFC 9457; `code` is the stable name, `instance` the correlation id. */
export const Problem = z.object({ type: z.string(), title: z.string(), status: z.number(), code: z.string(), instance: z.string(), details: z.unknown().optional() });
export const problemBody = ({ code, status, title, details }: AppError, instance: string) => ({ type: `/fehler/${code}`, title, status, code, instance, details });

const refusals: Record<number, readonly [code: string, title: string]> = {
  413: ['allgemein.zu_gross', 'Die Anfrage ist zu groß'],
  415: ['allgemein.medientyp', 'Dieser Medientyp wird hier nicht angenommen'],
};

/** A null byte, as text and within JSON: PostgreSQL holds every character but that one. */
const UNSPEICHERBAR = new Set(['22021', '22P05']);

/** Whatever was thrown, as what the caller is told. Only an unexpected error is 500, and says nothing of itself. */
export function problemOf(error: unknown, byConstraint: ReadonlyMap<string, () => AppError>): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new AppError('allgemein.eingabe_ungueltig', 422, 'Eingabe ungültig', error.validation.map((v) => ({ pfad: v.instancePath, text: v.message })));
  }
  const { constraint, code: fehlercode, statusCode = 500 } = error as { constraint?: string; code?: string; statusCode?: number };
  if (fehlercode !== undefined && UNSPEICHERBAR.has(fehlercode)) return new AppError('allgemein.eingabe_ungueltig', 422, 'Die Eingabe enthält ein Zeichen, das sich nicht speichern lässt');
  const known = constraint === undefined ? undefined : byConstraint.get(constraint)?.();
  if (known) return known;
  if (isUnavailable(error)) return Unavailable();
  if (statusCode >= 500) return new AppError('allgemein.unerwartet', 500, 'Unerwarteter Fehler. Ihre letzte Aktion wurde nicht ausgeführt; bitte versuchen Sie es noch einmal');
  const [code, title] = refusals[statusCode] ?? ['allgemein.anfrage_ungueltig', 'Anfrage ungültig'];
  return new AppError(code, statusCode, title);
}
