import { pino, type Logger, type LoggerOptions } from 'pino';
import { describeError } from './errors.ts';

/** Structured, one line an entry, to standard output. Fields are ids, names of technique, durations and error codes: never content, never a Betreff. */
export type Log = Logger;

export const logOptions = (level: string): LoggerOptions => ({
  level,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describeError },
});
export const createLog = (level: string): Log => pino(logOptions(level));
