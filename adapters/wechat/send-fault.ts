/** What a failed send means: whether the message may have gone out. */

/** `code`: the server's number, where there is one. */
export class SendFault extends Error {
  override readonly name = 'SendFault';
  readonly outcome: 'retry' | 'refused' | 'uncertain';
  readonly code: string | undefined;
  constructor(outcome: 'retry' | 'refused' | 'uncertain', code?: string) {
    super(`not sent: ${outcome}${code === undefined ? '' : `, code ${code}`}`);
    this.outcome = outcome;
    this.code = code;
  }
}

/** “Too often”: everything has to wait. */
export const tooOftenCode = '1205';
/** The login is over. */
export const loggedOutCodes: readonly string[] = ['1100', '1101', '1102'];

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Reads what wechat4u or another puppet threw. Its text stays out: it can hold what was sent. */
export function faultOfSend(fault: unknown): SendFault {
  if (fault instanceof SendFault) return fault;
  const code = retOf(fault);
  if (code !== undefined) {
    if (code === tooOftenCode || loggedOutCodes.includes(code)) return new SendFault('retry', code);
    return new SendFault('refused', code);
  }
  const { code: network, tips, message } = fieldsOf(fault);
  if (network !== undefined && neverConnected.has(network)) return new SendFault('retry', network);
  // wechat4u's words for an upload that failed: the message itself was not sent yet.
  if (tips === '上传媒体文件失败') return new SendFault('retry', 'upload');
  if (
    message !== undefined &&
    /not logged ?in|isLoggedIn|not been started|no payload|not exist/i.test(message)
  )
    return new SendFault(/payload|exist/.test(message) ? 'refused' : 'retry');
  return new SendFault('uncertain', network);
}

/** The `Ret` of an answer that the server gave. */
export function retOf(fault: unknown): string | undefined {
  const data = fieldsOf(fieldsOf(fault).response).data;
  const base = fieldsOf(fieldsOf(data).BaseResponse);
  return typeof base.Ret === 'number' ? String(base.Ret) : undefined;
}

interface Fields {
  readonly code?: string;
  readonly tips?: string;
  readonly message?: string;
  readonly response?: unknown;
  readonly data?: unknown;
  readonly BaseResponse?: unknown;
  readonly Ret?: unknown;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
