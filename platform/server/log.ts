import { pino, type Logger } from 'pino';

/** Structured, one line an entry, to standard output. Fields are ids, names of technique, durations and error codes: never content, never a Betreff. */
export type Log = Logger;

export const createLog = (level: string): Log => pino({
  level,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // Errors of the database carry the row's values in `detail` and `where`: content. Keep what points to the place.
  serializers: { err: ({ name, message, stack, code, constraint }: Error & { code?: string; constraint?: string }) => ({ name, message, stack, code, constraint }) },
});
