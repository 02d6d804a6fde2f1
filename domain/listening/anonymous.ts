/**
 * What keeps an anonymous demand from giving its asker away: when things happen, and how often they may. Nothing that an
 * anonymous asker does has an effect that others see at the time at which they did it.
 */

const hourMs = 3_600_000;

/** What one person may bring anonymously in a day, and how many cries for help are passed on to the cadre. */
export const mostADay = 3;
export const mostCriesADay = 5;

/** How long an answer to an anonymous asker waits at most, so that nobody’s telephone rings as the cadre sends it. */
const longestDelayMs = 2 * hourMs;

/**
 * When what is done at `now` is carried on: on the hour, one of the eleven that lie more than one and at most twelve hours
 * ahead, all as likely. Whoever sees it happen knows that it was done in the eleven hours before the last one; whatever
 * falls due on one hour is carried on together, in an order of its own. Milliseconds.
 */
export function carriedOnAt(now: number, random: (bytes: number) => Uint8Array): number {
  return now - (now % hourMs) + (2 + drawn(11, random)) * hourMs;
}

/** When an answer given at `now` is passed on to an anonymous asker: within two hours. Milliseconds. */
export function passedOnAt(now: number, random: (bytes: number) => Uint8Array): number {
  return now + drawn(longestDelayMs, random);
}

/** A number below `many`, by lot; `many` is far below 2^32, so that none is noticeably likelier. */
function drawn(many: number, random: (bytes: number) => Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % many;
}

const wishes = [
  /^[^\p{L}\p{N}]*(?:我|可以|能不能|能|麻烦)*(?:请|要|想要|想|希望|求|申请)?(?:匿名|不记名|不署名|不实名)/u,
  /(?:请|要|想|希望|求|申请|帮我)(?:给我|帮我|替我)?(?:匿名|不记名|不署名|保密身份|别说是我|不要说是我|别透露)/u,
  /(?:匿名|不记名|不署名|别说是我(?:说的)?|不要说是我(?:说的)?)[^\p{L}\p{N}]*(?:谢谢)?[^\p{L}\p{N}]*$/u,
];

/** Whether a text asks to be taken without a name. In doubt it does: nothing is lost by it. */
export function wishesAnonymity(text: string): boolean {
  return wishes.some((wish) => wish.test(text.slice(0, 4_000)));
}
