/** The program's own log: what happened, never what people said. Names, numbers and message texts stay out of it. */
import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log on standard error, one JSON object a line. Errors are kept to type, message and stack. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: { paths: ['*.text', '*.name', '*.body', '*.phone'], censor: '—' } },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** For tests that do not look at the log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
