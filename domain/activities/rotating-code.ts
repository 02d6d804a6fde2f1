/** The rotating check-in code (签到码): a copied one is useless a minute later, so it shows that somebody was there. */

/** A code is shown for so long, and taken for as long again; milliseconds. */
export const codeStepMs = 30_000;

/** A keyed hash in hex, which nobody without the key can make. */
type Hash = (text: string) => string;

/** The four digits of an activity at an instant. */
export function rotatingCode(hash: Hash, activityId: number, at: number): string {
  const step = Math.floor(at / codeStepMs);
  const number = Number.parseInt(hash(`check-in/${activityId}/${step}`).slice(0, 12), 16);
  return String(number % 10_000).padStart(4, '0');
}

/** When the code shown at an instant gives way to the next one. */
export function codeShownUntil(at: number): number {
  return (Math.floor(at / codeStepMs) + 1) * codeStepMs;
}

/** Whether a code said at an instant is the one shown then or just before: at most a minute old. */
export function isRightCode(hash: Hash, activityId: number, code: string, at: number): boolean {
  return [at, at - codeStepMs].some((then) => rotatingCode(hash, activityId, then) === code);
}
