/** Which topics fit a group today, and why: rules that can be told to the cadre, no model. */

import { type Day, startOfDay } from '../calendar/day.ts';
import { soundsDangerous } from '../listening/danger.ts';
import type { Field, Library, LibraryTopic } from './library.ts';
import { seasonsOn } from './season.ts';
import { similarity } from './similarity.ts';
import type { Chosen } from './survey-fields.ts';

/** A proposed topic and, in Chinese, why just this one. */
export interface Suggestion {
  readonly topic: LibraryTopic;
  readonly reason: string;
}

/** A topic that the group had. Milliseconds since the epoch; participants once it is closed. */
export interface PastTopic {
  readonly libraryId: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly openedAt: number;
  readonly clear: number | undefined;
  readonly inferred: number | undefined;
}

/** What is known of a group when topics are proposed to its cadre. */
export interface Occasion {
  readonly day: Day;
  /** The newest first. */
  readonly past: readonly PastTopic[];
  /** How many people's open demands are of which field; none where others would see the proposal. */
  readonly demands: ReadonlyMap<string, number>;
  /** What most people chose of which field in the group's latest surveys; none where others would see the proposal. */
  readonly surveys: ReadonlyMap<string, Chosen>;
  /** Topics that were proposed last and not taken: others come first now. */
  readonly shown: readonly string[];
  /** Draws lots among equals. */
  readonly seed: number;
}

const proposed = 3;
/** A topic does not come again in a group within this many days: half a year. */
export const restDays = 183;
/** Two texts that share so much are the same topic. */
export const sameTopic = 0.45;
/** So many people are spoken of together; one alone might be recognised. */
const leastPeople = 2;
const recently = 4;

/**
 * What counts how much. Seasons by their length in days: the shorter, the more it is now or never. `worked` is for each
 * participant above the group's average, a guessed one for half, up to `workedMost`.
 */
const points = {
  season: [
    { upTo: 14, points: 40 },
    { upTo: 50, points: 30 },
    { upTo: 366, points: 15 },
  ],
  demands: 32,
  surveys: 32,
  worked: 3,
  workedMost: 18,
  freshField: 10,
  sameField: -15,
  hadLongAgo: -5,
  shown: -100,
} as const;

/**
 * Up to three topics for a group, of different fields where the library allows, each with its reasons. Never one that
 * the group had within {@link restDays}, nor one like its own words of that time, nor one out of its season. In front:
 * what its season is on, what several people's demands are about, what many chose in a survey, fields whose topics were joined by more than the
 * group's average, and fields that it had none of lately. The same input gives the same topics.
 */
export function suggest(library: Library, occasion: Occasion): Suggestion[] {
  const { day, past, seed } = occasion;
  const seasons = seasonsOn(library.seasons, day);
  const since = startOfDay(day - restDays);
  const resting = past.filter(({ openedAt }) => openedAt >= since);
  const had = new Set(past.map(({ libraryId }) => libraryId));
  const fieldOf = new Map(library.topics.map(({ id, field }) => [id, field]));
  const lately = past
    .slice(0, recently)
    .flatMap(({ libraryId }) => (libraryId === undefined ? [] : (fieldOf.get(libraryId) ?? [])));
  const success = successOf(past, fieldOf);

  const candidates = library.topics.flatMap((topic) => {
    if (resting.some((one) => one.libraryId === topic.id || similarity(one.text, topic.text) >= sameTopic))
      return [];
    const on = (topic.seasons ?? []).filter((name) => seasons.has(name));
    if (topic.seasons && on.length === 0) return [];
    const reasons: string[] = [];
    let score = 0;
    const [season] = on.sort((a, b) => (seasons.get(a) ?? 0) - (seasons.get(b) ?? 0));
    if (season !== undefined) {
      const length = seasons.get(season) ?? 0;
      score += points.season.find(({ upTo }) => length <= upTo)?.points ?? 0;
      reasons.push(`正当时（${season}）`);
    }
    const people = occasion.demands.get(topic.field) ?? 0;
    if (people >= leastPeople) {
      score += points.demands;
      reasons.push(`最近有 ${people} 人反映的事和${topic.fieldName}有关`);
    }
    const chosen = occasion.surveys.get(topic.field);
    if (chosen) {
      score += points.surveys;
      reasons.push(`最近的问卷里 ${chosen.people} 人选了“${chosen.option}”`);
    }
    const worked = success.get(topic.field);
    if (worked) {
      score += worked.points;
      reasons.push(
        `上次聊“${worked.title}”，明确参与 ${worked.clear} 人、推测参与 ${worked.inferred} 人，接话的多`,
      );
    }
    if (lately.length > 0 && !lately.includes(topic.field)) {
      score += points.freshField;
      reasons.push(`最近没聊过${topic.fieldName}`);
    }
    if (lately[0] === topic.field) score += points.sameField;
    if (had.has(topic.id)) {
      score += points.hadLongAgo;
      reasons.push('半年多前聊过，可以再聊一次');
    }
    if (reasons.length === 0) reasons.push(`聊${topic.fieldName}，一句话就能接上`);
    if (occasion.shown.includes(topic.id)) score += points.shown;
    return [{ topic, score, lot: drawLot(seed, topic.id), reason: `因为${reasons.slice(0, 2).join('；')}` }];
  });
  candidates.sort((a, b) => b.score - a.score || a.lot - b.lot || (a.topic.id < b.topic.id ? -1 : 1));
  return ofDifferentFields(candidates).map(({ topic, reason }) => ({ topic, reason }));
}

/** How many different people's demands each field is in, by its words. A cry for help is nobody's topic. */
export function demandFields(
  demands: readonly { readonly askerId: number; readonly text: string }[],
  fields: readonly Field[],
): ReadonlyMap<string, number> {
  const talked = demands.filter(({ text }) => !soundsDangerous(text));
  return new Map(
    fields.map(({ field, keywords }) => [
      field,
      new Set(
        talked
          .filter(({ text }) => keywords.some((keyword) => text.includes(keyword)))
          .map(({ askerId }) => askerId),
      ).size,
    ]),
  );
}

interface Success {
  readonly points: number;
  readonly title: string;
  readonly clear: number;
  readonly inferred: number;
}

/** The fields whose closed topics were joined by more than the group's average, with the latest of the best of them. */
function successOf(
  past: readonly PastTopic[],
  fieldOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, Success> {
  const joined = past.flatMap(({ libraryId, title, clear, inferred }) =>
    clear === undefined
      ? []
      : [
          {
            field: libraryId === undefined ? undefined : fieldOf.get(libraryId),
            title,
            clear,
            inferred: inferred ?? 0,
            weight: clear + (inferred ?? 0) / 2,
          },
        ],
  );
  const average = meanOf(joined.map(({ weight }) => weight));
  const found = new Map<string, Success>();
  for (const field of new Set(joined.flatMap((one) => one.field ?? []))) {
    const own = joined.filter((one) => one.field === field);
    const above = meanOf(own.map(({ weight }) => weight)) - average;
    const [best] = [...own].sort((a, b) => b.weight - a.weight);
    if (above <= 0 || !best) continue;
    const { title, clear, inferred } = best;
    found.set(field, {
      points: Math.min(points.workedMost, Math.round(above * points.worked)),
      title,
      clear,
      inferred,
    });
  }
  return found;
}

function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** The first three of different fields; then, where there are too few fields, the first of the others. */
function ofDifferentFields<C extends { readonly topic: LibraryTopic }>(candidates: readonly C[]): C[] {
  const fields = new Set<string>();
  const different = candidates.filter(({ topic: { field } }) => {
    if (fields.has(field)) return false;
    fields.add(field);
    return true;
  });
  return [...different, ...candidates.filter((one) => !different.includes(one))].slice(0, proposed);
}

/** A number of 32 bits that depends on seed and id alone (FNV-1a). */
export function drawLot(seed: number, id: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
