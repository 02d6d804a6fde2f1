/** Which topics fit today, and why: rules that can be told to the cadre, no model. */
import { civilOf, type Day } from '../calendar/day.ts';
import type { LibraryTopic } from './library.ts';

/** A proposed topic and, in Chinese, why just this one. */
export interface Suggestion {
  readonly topic: LibraryTopic;
  readonly reason: string;
}

const proposed = 3;

interface Candidate extends Suggestion {
  readonly rank: number;
  readonly lot: number;
}

/**
 * Up to three topics for a day, of different fields where the library allows. Left out: what the group had recently
 * (`recentIds`, the latest first), and what its season is not on. In front: what its season is on, then fields that
 * the group had none of lately; among equals `seed` draws lots. The same input gives the same topics. When nothing
 * else is left, the topics used longest ago come again.
 */
export function suggest(
  library: readonly LibraryTopic[],
  day: Day,
  recentIds: readonly string[],
  seed: number,
): Suggestion[] {
  const used = new Map([...recentIds].reverse().map((id, index) => [id, recentIds.length - 1 - index]));
  const recentFields = new Set(library.filter(({ id }) => used.has(id)).map(({ field }) => field));
  const candidates = library.flatMap((topic): Candidate[] => {
    const season = windowOn(topic, day);
    if (topic.windows && !season) return [];
    const lot = drawLot(seed, topic.id);
    const age = used.get(topic.id);
    // Behind everything unused, the longest ago first.
    if (age !== undefined)
      return [{ topic, rank: 1000 - age / 1000, lot, reason: '有一阵没聊了，可以再聊一次' }];
    if (season) return [{ topic, rank: 0, lot, reason: `正当时：${season}` }];
    if (recentFields.size === 0)
      return [{ topic, rank: 1, lot, reason: `聊聊${topic.fieldName}，一句话就能接上` }];
    if (!recentFields.has(topic.field))
      return [{ topic, rank: 1, lot, reason: `最近没聊过${topic.fieldName}，换个话题` }];
    return [{ topic, rank: 2, lot, reason: `接着聊${topic.fieldName}，换个问法` }];
  });
  candidates.sort((a, b) => a.rank - b.rank || a.lot - b.lot || (a.topic.id < b.topic.id ? -1 : 1));
  return pick(candidates).map(({ topic, reason }) => ({ topic, reason }));
}

/** The first three of different fields; then, where there are too few fields, the first of the others. */
function pick(candidates: readonly Candidate[]): Candidate[] {
  const fresh = candidates.filter(({ rank }) => rank < 3);
  const different = fresh.filter(
    ({ topic }, index) => fresh.findIndex((other) => other.topic.field === topic.field) === index,
  );
  return [...different, ...candidates.filter((candidate) => !different.includes(candidate))].slice(
    0,
    proposed,
  );
}

/** The name of the window that a day lies in, if one of the topic's does. */
function windowOn(topic: LibraryTopic, day: Day): string | undefined {
  const { month, date } = civilOf(day);
  const today = `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return topic.windows?.find(({ from, to }) =>
    from <= to ? from <= today && today <= to : today >= from || today <= to,
  )?.name;
}

/** A number of 32 bits that depends on seed and id alone (FNV-1a). */
function drawLot(seed: number, id: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
