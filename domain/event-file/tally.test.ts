import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventLines } from '../../tests/support/event-lines.ts';
import { figures, type GroupFigures } from '../presence/figures.ts';
import { type FileEvent, readEvent } from './event.ts';
import { Tally } from './tally.ts';

const parsed = (lines: readonly object[]): FileEvent[] =>
  lines.map((line) => {
    const reading = readEvent(JSON.stringify(line));
    if (!reading.event) throw new Error(reading.why);
    return reading.event;
  });

function count(first: readonly FileEvent[], second: (tally: Tally, marks: number[]) => readonly FileEvent[]) {
  const tally = new Tally();
  const marks = first.map((event) => tally.add(event));
  const reading = tally.secondReading();
  for (const event of second(tally, marks)) reading.add(event);
  const groups = reading.finish();
  const counted: Record<string, GroupFigures> = {};
  for (const [id, group] of groups) counted[id] = figures(group.facts, group.messageDays);
  const members = Array.from(groups, ([id, group]) => [
    id,
    group.name,
    Array.from(group.members, ([person, { name, here }]) => [tally.people.idOf(person), name, here]).sort(),
  ]);
  return { counted, members };
}

const asked = (events: readonly FileEvent[]) =>
  count(events, (tally, marks) => events.filter((_, i) => tally.needsSecond(marks[i]!)));

describe('any stream of events gives the same figures', () => {
  const stream = eventLines.chain((lines) =>
    fc.tuple(
      fc.constant(parsed(lines)),
      fc.shuffledSubarray([...lines, ...lines], { minLength: lines.length * 2 }).map(parsed),
    ),
  );

  test('shuffled and with every line twice', () => {
    fc.assert(
      fc.property(stream, ([events, mixed]) => {
        expect(asked(mixed)).toEqual(asked(events));
      }),
      { numRuns: 100 },
    );
  });

  test('when the second reading is given all of it, in another order', () => {
    fc.assert(
      fc.property(stream, ([events, mixed]) => {
        expect(count(events, () => mixed)).toEqual(asked(events));
      }),
      { numRuns: 100 },
    );
  });
});

test('agrees with the rules spelt out over all pairs of lines', () => {
  const seen = { weeks: 0, topics: 0, unknownDays: 0, quarters: 0, years: 0, voiceDays: 0 };
  fc.assert(
    fc.property(eventLines, (lines) => {
      const { counted } = asked(parsed(lines));
      expect(counted).toEqual(spelt(lines as unknown as Line[]));
      for (const group of Object.values(counted)) {
        for (const key of Object.keys(seen) as (keyof typeof seen)[]) {
          if (Object.keys(group[key]).length > 0) seen[key]++;
        }
      }
    }),
    { numRuns: 200 },
  );
  // The comparison is worth something only if there was something to compare.
  for (const [key, often] of Object.entries(seen)) expect(often, key).toBeGreaterThan(5);
});

/** A line with all its optional fields as they may be: what the slow counting below reads. */
interface Line {
  id: string;
  at: string;
  type: string;
  group: string;
  sender: string;
  kind: string;
  text: string;
  mentions?: string[];
  quotes?: string;
  fromBot?: boolean;
  cadre: string;
  member: string;
  until: string;
  activity: string;
  offline: boolean;
  message: string;
}

/** Figures from the words of the counting rules, with Dates and strings, line against line. */
function spelt(lines: readonly Line[]): Record<string, GroupFigures> {
  const result: Record<string, GroupFigures> = {};
  const hour = 3_600_000;
  const shanghai = (at: string) => new Date(Date.parse(at) + 8 * hour);
  const dayOf = (at: string) => shanghai(at).toISOString().slice(0, 10);
  const slotOf = (at: string) =>
    shanghai(at).getUTCHours() * 2 + Math.floor(shanghai(at).getUTCMinutes() / 30);
  const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
  const next = (day: string) => new Date(Date.parse(day) + 24 * hour).toISOString().slice(0, 10);
  const weekOf = (day: string) => {
    const thursday = new Date(Date.parse(day));
    thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
    const january = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    const week = Math.ceil(((thursday.getTime() - january) / 86_400_000 + 1) / 7);
    return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
  };

  for (const id of new Set(lines.map((line) => line.group))) {
    const mine = lines.filter((line) => line.group === id);
    const ofType = (type: string) => mine.filter((line) => line.type === type);
    const bindings = ofType('group').sort(
      (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1),
    );
    const cadreOn = (day: string) => {
      const before = bindings.filter((one) => Date.parse(one.at) < midnight(day));
      if (before.length > 0) return before[before.length - 1]!.cadre;
      return bindings[0] && dayOf(bindings[0].at) === day ? bindings[0].cadre : undefined;
    };
    const bots = new Set(bindings.length > 0 ? ['b'] : []);
    const youth = (person: string, day: string) =>
      cadreOn(day) !== undefined && person !== cadreOn(day) && !bots.has(person);
    const messages = ofType('message').filter((one) => !one.fromBot && !bots.has(one.sender));
    const isCommand = (one: Line) => one.text.startsWith('/');
    const substantive = messages.filter(
      (one) => one.kind !== 'sticker' && !isCommand(one) && (one.kind === 'image' || one.text !== '好'),
    );
    const days = [...new Set(substantive.map((one) => dayOf(one.at)))].filter(cadreOn).sort();
    const on = (day: string) => substantive.filter((one) => dayOf(one.at) === day);
    const voice = (day: string) => on(day).some((one) => one.sender === cadreOn(day));
    const author = (message: string) => messages.find((one) => one.id === message)?.sender;
    const addresses = (one: Line, to: string) =>
      one.mentions?.includes(to) || (one.quotes !== undefined && author(one.quotes) === to);

    const weeks = new Map<string, Set<string>>();
    for (const day of days) {
      const cadre = cadreOn(day)!;
      for (const a of on(day).filter((one) => youth(one.sender, day))) {
        for (const b of on(day).filter((one) => one.sender === cadre)) {
          const near = Math.abs(slotOf(a.at) - slotOf(b.at)) <= 1;
          const spoke = on(day).some(
            (one) =>
              (one.sender === a.sender && addresses(one, cadre)) ||
              (one.sender === cadre && addresses(one, a.sender)),
          );
          if (near || spoke) weeks.set(weekOf(day), (weeks.get(weekOf(day)) ?? new Set()).add(a.sender));
        }
      }
    }

    const topics: Record<string, { month: string; clear: number; inferred: number }> = {};
    for (const topic of ofType('topic').filter((one) => cadreOn(dayOf(one.at)))) {
      const opened = Date.parse(topic.at);
      const tag = new RegExp(
        `[#＃]话题${topic.id}${/^\d+$/.test(topic.id) ? '(?!\\d)' : '(?![\\p{L}\\p{N}])'}`,
        'u',
      );
      const clear = messages.filter(
        (one) =>
          !isCommand(one) &&
          (one.quotes === topic.message || tag.test(one.text)) &&
          Date.parse(one.at) >= opened &&
          Date.parse(one.at) <= opened + 168 * hour &&
          youth(one.sender, dayOf(one.at)),
      );
      const named = new Set(clear.map((one) => one.sender));
      const slotStart = Math.floor(opened / (hour / 2)) * (hour / 2);
      const there = substantive.filter(
        (one) =>
          Date.parse(one.at) >= slotStart &&
          Date.parse(one.at) < slotStart + 2 * hour &&
          youth(one.sender, dayOf(one.at)) &&
          !named.has(one.sender),
      );
      topics[topic.id] = {
        month: dayOf(topic.at).slice(0, 7),
        clear: named.size,
        inferred: new Set(there.map((one) => one.sender)).size,
      };
    }

    const quarters: Record<string, { activities: number }> = {};
    const met = new Map<string, Set<string>>();
    for (const activity of ofType('activity').filter((one) => one.offline && cadreOn(dayOf(one.at)))) {
      const came = ofType('checkin').filter(
        (one) => one.activity === activity.id && youth(one.member, dayOf(one.at)),
      );
      const day = dayOf(activity.at);
      const year = day.slice(0, 4);
      for (const one of came) met.set(year, (met.get(year) ?? new Set()).add(one.member));
      if (came.length === 0 || !ofType('close').some((one) => one.activity === activity.id)) continue;
      const quarter = `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
      quarters[quarter] = { activities: (quarters[quarter]?.activities ?? 0) + 1 };
    }

    const unknownDays: string[] = [];
    const spoken = ofType('message')
      .map((one) => dayOf(one.at))
      .sort();
    const heard = (instant: number) =>
      ofType('listening').some((one) => Date.parse(one.at) <= instant && instant < Date.parse(one.until));
    const edges = ofType('listening').flatMap((one) => [Date.parse(one.at), Date.parse(one.until)]);
    const last = spoken[spoken.length - 1] ?? '';
    for (let day = spoken[0] ?? '~'; day <= last; day = next(day)) {
      const [from, until] = [midnight(day) + 7 * hour, midnight(day) + 23 * hour];
      // Where listening changes only at edges, it is enough to look there.
      const full = [from, ...edges.filter((edge) => edge > from && edge < until)].every(heard);
      if (edges.length > 0 && cadreOn(day) && !voice(day) && !full) unknownDays.push(day);
    }

    const active = days.map(
      (day) =>
        [
          day,
          on(day)
            .map((one) => one.sender)
            .filter((one) => youth(one, day)),
        ] as const,
    );
    result[id] = {
      voiceDays: days.filter(voice),
      unknownDays,
      weeks: Object.fromEntries(Array.from(weeks, ([week, youths]) => [week, { exchange: youths.size }])),
      topics,
      activeByDay: Object.fromEntries(
        active.filter(([, people]) => people.length > 0).map(([day, people]) => [day, new Set(people).size]),
      ),
      quarters,
      years: Object.fromEntries(Array.from(met, ([year, people]) => [year, { met: people.size }])),
    };
  }
  return result;
}
