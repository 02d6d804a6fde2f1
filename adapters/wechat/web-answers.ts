/** What the server's answers and faults say: codes, ids, whether anything was answered at all. */
import { retOf } from './send-fault.ts';

/** The work, or a fault when it takes longer. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What wechat4u's checkLogin throws at code 400. */
export const expired = 400;

/** The server's number in a fault: of an answer, or of syncCheck's assertion. */
export function codeOf(fault: unknown): string | undefined {
  const ret = retOf(fault);
  if (ret !== undefined) return ret;
  if (fault instanceof Error && fault.message === 'already logout') return '1101';
  const check = /retcode\s*:\s*"(\d+)"/.exec(String(dataOf(fault)))?.[1];
  if (check !== undefined) return check;
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' && code !== 'ERR_ASSERTION' ? code.slice(0, 40) : undefined;
}

/** Whether nothing was answered, or only that the server is broken. */
export function isNetwork(fault: unknown): boolean {
  if (fault instanceof Error && fault.message === 'already logout') return false;
  const response = fault instanceof Error && 'response' in fault ? fault.response : undefined;
  if (typeof response !== 'object' || response === null) return true;
  return 'status' in response && typeof response.status === 'number' && response.status >= 500;
}

/** What the server answered with a fault. */
export function dataOf(fault: unknown): unknown {
  const response = fault instanceof Error && 'response' in fault ? fault.response : undefined;
  return typeof response === 'object' && response !== null && 'data' in response ? response.data : '';
}

/** The id that the server gave a message, in its answer. */
export function messageIdIn(answer: unknown): string | undefined {
  const id = typeof answer === 'object' && answer !== null && 'MsgID' in answer ? answer.MsgID : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
