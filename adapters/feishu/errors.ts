import { explain } from './explanations.ts';

/**
 * What became of a call: `retry` — nothing was done, it may be tried again; `refused` — it never will be done;
 * `unknown` — it may have been done (no answer, or the answer got lost).
 */
export type Outcome = 'retry' | 'refused' | 'unknown';

/** Something that Feishu refused or did not answer. `message` is for the log, `forPerson` says in Chinese what to do. */
export class FeishuError extends Error {
  override readonly name = 'FeishuError';
  /** Feishu's code; undefined where there was no answer or the fault is in our settings. */
  readonly code: number | undefined;
  readonly outcome: Outcome;
  readonly forPerson: string;
  readonly afterMs: number | undefined;
  constructor(
    message: string,
    parts: {
      readonly forPerson: string;
      readonly outcome?: Outcome | undefined;
      readonly code?: number | undefined;
      readonly afterMs?: number | undefined;
    },
  ) {
    super(message);
    this.code = parts.code;
    this.outcome = parts.outcome ?? 'refused';
    this.forPerson = parts.forPerson;
    this.afterMs = parts.afterMs;
  }
}

/** Codes that say “too often”; HTTP 429 says it too. */
const tooOften: ReadonlySet<number> = new Set([99991400, 230020, 11232, 11233]);
/** Codes of a passing fault on Feishu's side, or of the same message still being worked on. */
const passing: ReadonlySet<number> = new Set([1, 230049, 232019, 99991645, 1500, 1663, 1000040343]);
/** Codes of a token that is no longer good. */
const staleToken: ReadonlySet<number> = new Set([99991661, 99991663, 99991664, 99991668, 99991671, 99991677]);
/** Codes of a scope that is not granted, for the app or for this message. */
const noScope: ReadonlySet<number> = new Set([99991672, 99991679, 230027, 232033]);

/** Whether a code says that calls come too often. */
function isTooOften(code: number): boolean {
  return tooOften.has(code);
}

/** Whether a code says that the token must be fetched anew. */
export function isStaleToken(code: number): boolean {
  return staleToken.has(code);
}

/** Whether a code says that a scope is missing. */
export function isScopeMissing(code: number | undefined): boolean {
  return code !== undefined && noScope.has(code);
}

/**
 * The error for an answer with a code other than 0, whatever its HTTP status. Feishu's own text is left out: it can
 * repeat what was sent. `afterMs`: the pause that Feishu asked for, in milliseconds.
 */
export function answerError(
  what: string,
  code: number,
  status: number | undefined,
  afterMs?: number,
): FeishuError {
  const often = status === 429 || isTooOften(code);
  const broken = status !== undefined && status >= 500;
  const outcome = often || passing.has(code) || isStaleToken(code) ? 'retry' : broken ? 'unknown' : 'refused';
  return new FeishuError(`feishu: ${what}: code ${code}${status === undefined ? '' : `, HTTP ${status}`}`, {
    code,
    outcome,
    afterMs: often ? (afterMs ?? 1_000) : afterMs,
    forPerson: explain(often ? 99991400 : code),
  });
}

/** What a thrown value may say in a log: its kind and code, never its text, which can hold tokens and messages. */
export function faultOf(error: unknown): string {
  if (error instanceof FeishuError) return error.message;
  if (typeof error !== 'object' || error === null) return 'unknown fault';
  const name = error instanceof Error ? error.name : 'unknown fault';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code.slice(0, 40)}` : '';
  return `${name}${code}`;
}
