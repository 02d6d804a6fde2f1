/** An answer that the stand-in gives instead of doing what was asked. */
export interface ErrorAnswer {
  readonly code: number;
  readonly msg?: string;
  /** HTTP status; by default what Feishu uses for the code. */
  readonly http?: number;
  /** Sent as `x-ogw-ratelimit-reset`, in seconds. */
  readonly resetSeconds?: number;
  /** Answer with this body instead, as it stands (a gateway's HTML page, say). */
  readonly raw?: string;
}

/** Something that goes wrong with calls to the API. */
export interface Fault {
  /** `POST`, `PATCH`…; any method when absent. */
  readonly method?: string;
  /** A part of the path, or a pattern; any path when absent. */
  readonly path?: string | RegExp;
  /** How many calls it strikes; for ever by default. */
  readonly times?: number;
  /** The chance that a matching call is struck, 0 to 1; always by default. */
  readonly chance?: number;
  /** The call has no effect and gets this answer. */
  readonly answer?: ErrorAnswer;
  /** The answer comes this much later, in milliseconds. */
  readonly delayMs?: number;
  /**
   * `request`: the connection is cut before anything was done; `answer`: after it was done;
   * `silence`: it is never answered, and the connection stays open.
   */
  readonly lose?: 'request' | 'answer' | 'silence';
}

/** HTTP status and text of the codes that the documents name; anything else is a 400. */
const known = new Map<number, { readonly http: number; readonly msg: string }>([
  [230001, { http: 400, msg: 'Your request contains an invalid request parameter.' }],
  [230002, { http: 400, msg: 'Bot/User can NOT be out of the chat.' }],
  [230011, { http: 400, msg: 'The message was withdrawn.' }],
  [230013, { http: 400, msg: 'Bot has NO availability to this user.' }],
  [230020, { http: 400, msg: 'This operation triggers the frequency limit.' }],
  [230025, { http: 400, msg: 'The length of the message content reaches its limit.' }],
  [230027, { http: 400, msg: 'Lack of necessary permissions.' }],
  [230099, { http: 400, msg: 'Failed to create card content' }],
  [232006, { http: 400, msg: 'Your request specifies a chat_id which is invalid.' }],
  [232009, { http: 400, msg: 'Your request specifies a chat which has already been dissolved.' }],
  [232011, { http: 400, msg: 'Operator can NOT be out of the chat.' }],
  [234003, { http: 400, msg: 'File not in msg.' }],
  [234006, { http: 400, msg: 'The file size exceed the max value.' }],
  [234010, { http: 400, msg: "File's size can't be 0." }],
  [10003, { http: 200, msg: 'invalid param' }],
  [10014, { http: 200, msg: 'app secret invalid' }],
  [99991400, { http: 429, msg: 'request trigger frequency limit' }],
  [99991661, { http: 401, msg: 'Missing access token for authorization.' }],
  [99991663, { http: 400, msg: 'Invalid access token for authorization.' }],
  [99991672, { http: 400, msg: 'Access denied.' }],
  [99992402, { http: 400, msg: 'field validation failed' }],
]);

/** Thrown by a handler: the call fails with this answer. */
export class ApiError extends Error {
  readonly answer: ErrorAnswer;
  constructor(code: number, msg?: string, more: Partial<ErrorAnswer> = {}) {
    super(msg ?? `code ${code}`);
    this.answer = { ...more, code, ...(msg === undefined ? {} : { msg }) };
  }
}

/** HTTP status and body of an error answer. */
export function errorBody(answer: ErrorAnswer): { readonly http: number; readonly body: string } {
  const usual = known.get(answer.code);
  return {
    http: answer.http ?? usual?.http ?? 400,
    body:
      answer.raw ??
      JSON.stringify({
        code: answer.code,
        msg: answer.msg ?? usual?.msg ?? 'error',
        error: { log_id: '20260101000000000000000000000000' },
      }),
  };
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

/** The faults that are switched on. */
export class Faults {
  readonly #armed = new Set<Armed>();
  readonly #random: () => number;
  /** How many calls each kind of fault struck, by code or by what was lost. */
  readonly struck = new Map<string, number>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Switches a fault on; the returned function switches it off. */
  add(fault: Fault): () => void {
    const armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.add(armed);
    return () => this.#armed.delete(armed);
  }

  /** Calls whose path holds `path` are answered with `code`, `times` times (once by default). */
  fail(path: string | RegExp, code: number, more: Partial<ErrorAnswer> & { readonly times?: number } = {}) {
    const { times = 1, ...answer } = more;
    return this.add({ path, times, answer: { ...answer, code } });
  }

  /** Switches every fault off. */
  clear(): void {
    this.#armed.clear();
  }

  /** The fault that strikes this call, if any; counts it. */
  strike(method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (typeof fault.path === 'string' && !path.includes(fault.path)) continue;
      if (fault.path instanceof RegExp && !fault.path.test(path)) continue;
      if (fault.chance !== undefined && this.#random() >= fault.chance) continue;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      const kind = fault.lose ?? (fault.answer ? String(fault.answer.code) : 'slow');
      this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
      return fault;
    }
    return undefined;
  }
}
