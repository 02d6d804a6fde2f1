/** Which minutes of a day “下午三点”, “晚上12点” or a bare “3点” can mean. */
import type { Half, Meaning } from './chinese-words.ts';

/** Minutes since the day's beginning (1440 and more: the next day), the likeliest first. */
export type ClockReading =
  | { readonly kind: 'minutes'; readonly candidates: readonly number[]; readonly assumed: boolean }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'ambiguous' };

type Time = Extract<Meaning, { kind: 'time' }>;

const impossible: ClockReading = { kind: 'impossible' };
const ambiguous: ClockReading = { kind: 'ambiguous' };

/** What a half-day makes of an hour: the hour of the 24-hour clock, or why not. */
function hourIn(half: Half, hour: number): number | 'impossible' | 'ambiguous' {
  switch (half) {
    case 'night':
      return hour === 12 || hour === 24 ? 0 : hour <= 6 ? hour : 'impossible';
    case 'morning':
      return hour >= 1 && hour <= 12 ? hour : 'impossible';
    case 'noon':
      return hour >= 11 && hour <= 14 ? hour : hour === 1 || hour === 2 ? hour + 12 : 'impossible';
    case 'afternoon':
      return hour >= 12 && hour <= 23 ? hour : hour >= 1 ? hour + 12 : 'impossible';
    case 'evening':
      if (hour === 12 || hour === 24 || hour === 0) return 24;
      // “晚上1点” is said both of the night before and of the night after midnight.
      if (hour <= 3) return 'ambiguous';
      return hour <= 11 ? hour + 12 : hour >= 16 ? hour : 'impossible';
  }
}

/**
 * What a clock time can mean, `half` being the half-day named with it. Without one, hours on the 24-hour clock are
 * taken as they are; 1 to 6 as the afternoon; 7 to 11 as the morning, or, said in words, the evening where the
 * morning is over.
 */
export function readClock(time: Time, half: Half | undefined): ClockReading {
  const { hour, minute } = time;
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return impossible;
  if (time.half && half && time.half !== half && !(time.half === 'afternoon' && half !== 'morning'))
    return ambiguous;
  const named = half ?? time.half;
  if (named) {
    const read = hourIn(named, hour);
    if (typeof read === 'string') return { kind: read };
    return { kind: 'minutes', candidates: [read * 60 + minute], assumed: false };
  }
  const plain = hour * 60 + minute;
  if (time.style === 'exact' || hour >= 12 || (time.style === 'plain' && hour >= 7)) {
    return { kind: 'minutes', candidates: [plain], assumed: false };
  }
  const later = plain + 720;
  return { kind: 'minutes', candidates: hour <= 6 ? [later] : [plain, later], assumed: true };
}

/**
 * The minute at which a stretch ends that begins at minute `start` of a day: the first reading after it on that day,
 * or within twelve hours over midnight. `half` is the half-day named with the end itself; `strict`: the start was
 * written on the 24-hour clock, so the end is too.
 */
export function readEnd(time: Time, half: Half | undefined, start: number, strict: boolean): ClockReading {
  const read = readClock(time, half);
  if (read.kind !== 'minutes') return read;
  const plain = time.hour * 60 + time.minute;
  const open = !half && !time.half && !strict && time.style !== 'exact';
  const first = open ? [plain, plain + 720] : strict && !half && !time.half ? [plain] : read.candidates;
  const found = [...first, ...first.map((minute) => minute + 1440)].find(
    (minute) => minute > start && (minute <= 1440 || minute <= start + 720),
  );
  if (found === undefined) return impossible;
  return { kind: 'minutes', candidates: [found], assumed: false };
}
