/** The program's own log: what happened, never what people said. Names, numbers and message texts stay out of it. */
import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log on standard error, one JSON object a line. Errors are kept to type, message and stack. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: ['*.text', '*.name', '*.body', '*.phone'], censor: '—' },
      serializers: { err: (fault: unknown) => (fault instanceof Error ? errorFields(fault) : typeof fault) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/**
 * What the log may hold of an error. Prisma's validation errors print every argument into their message, texts of people
 * among them: of those only kind, code and where they arose.
 */
export function errorFields(fault: Error): object {
  const { name, message, stack = '' } = fault;
  const code = 'code' in fault ? String(fault.code) : undefined;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const cause = fault.cause instanceof Error ? errorFields(fault.cause) : undefined;
  return { type: name, code, message: name.startsWith('Prisma') ? undefined : message, stack: frames, cause };
}

/** For tests that do not look at the log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
