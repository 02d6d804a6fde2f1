/** No number is shown that is not judged: each that a unit may set, set one higher and one lower, changes what is met. */
import { describe, expect, it } from 'vitest';
import { dayFrom, startOfDay } from '../calendar/day.ts';
import { type Adjustment, adjustPolicy } from '../policy/adjust.ts';
import type { Policy, Requirement } from '../policy/policy.ts';
import { profiles } from '../policy/profiles/profiles.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { cadreStandings, unitStandings } from './evaluate.ts';
import type { CadreFacts, RecordFact } from './facts.ts';
import { measureProgress } from './measure.ts';
import { figureStandings, type GroupFigures, presenceStandings } from './presence.ts';

const from = dayFrom(2026, 1, 1);
/** A Thursday in the last month of the first quarter, in no season: those come below. */
const thursday = dayFrom(2026, 3, 12);
const inSeason: Readonly<Record<string, number>> = {
  'campaign-zzg': dayFrom(2026, 8, 6),
  'open-day-may': dayFrom(2026, 5, 7),
  stories: dayFrom(2026, 11, 12),
  'service-month': dayFrom(2026, 1, 15),
};

/** Numbers with no meaning but the one that they have, and where it is said why. */
const fixed: Readonly<Record<string, string>> = {
  'voice atLeast': '问的是有没有，不问几次',
  'checklist steps': '就是文件列的十步',
};
/** A number that no standing rests on: how many /结对 takes up at most (bot/commands/deeds/pairing.test.ts). */
const cap = 'pairing atMost';

/** Facts in which one number of a requirement is exactly `n`, and every other one amply there. */
function cadreWith(
  { measure, evidence = [], binds }: Asked,
  name: string,
  n: number,
  day: number,
): CadreFacts {
  const records: RecordFact[] = Array.from({ length: name === 'atLeast' ? n : 50 }, () => ({
    kind: evidence[0] ?? 'exchange',
    day,
    grade: 'stated',
    participants: name === 'participants' ? n : 500,
  }));
  const contacts = Array.from({ length: n }, () => ({ day, grade: 'stated' as const }));
  return {
    kind: binds.kinds[0],
    organ: true,
    manyYouths: binds.manyYouths,
    exempt: undefined,
    since: from,
    records: { since: from, all: measure === 'records' ? records : [] },
    roster: { count: n, grade: 'verified' },
    group: { count: n, grade: 'verified', owner: true },
    identityOn: from,
    links: { branch: contacts, club: contacts },
    paired: { count: n, grade: 'stated' },
    steps: { verified: 0, documented: 0, stated: n },
  };
}

function figuresWith(name: string, n: number, day: number): GroupFigures {
  const took = name === 'clear' ? { clear: n, inferred: 50 } : { clear: n, inferred: 0 };
  return {
    voice: true,
    exchange: n,
    topics: [{ at: startOfDay(day), took }],
    held: n,
    met: n + 1,
    roster: 100,
  };
}

/** The same as a group's own facts. */
function groupWith(name: string, n: number, day: number): GroupFacts {
  const at = startOfDay(day) + 10 * 3_600_000;
  const people = (many: number, first: number) => Array.from({ length: many }, (_, k) => first + k);
  const clear = people(n, 100);
  const inferred = name === 'clear' ? people(50, 300) : [];
  const talking = name === 'youths' ? people(n, 100) : inferred;
  return {
    bindings: [{ at: startOfDay(from), eventId: 'b', cadre: 1 }],
    bots: new Set(),
    presence: new Map([[day, new Map([1, ...talking].map((who) => [who, 1 << 20]))]]),
    addresses: new Map(),
    listening: 'all',
    topics: [
      { id: '1', at, closesAt: at + 86_400_000, marks: clear.map((person) => ({ person, at: at + 1 })) },
    ],
    activities: Array.from({ length: name === 'atLeast' ? n : 1 }, (_, k) => ({
      id: String(k),
      at,
      offline: true,
      closed: true,
      checkIns: people(name === 'moreThanPercent' ? n + 1 : 1, 100).map((person) => ({ person, at })),
    })),
  };
}

type Asked = Requirement & { readonly evidence?: readonly RecordFact['kind'][] };

/** Whether it is met, by every way there is to tell. */
function isMet(policy: Policy, id: string, name: string, n: number): boolean {
  const requirement = policy.requirements.find((one) => one.id === id) as Asked;
  const day = inSeason[id] ?? thursday;
  const now = startOfDay(day) + 20 * 3_600_000;
  const facts = cadreWith(requirement, name, n, day);
  const progress = measureProgress(groupWith(name, n, day), policy, now, {
    group: '',
    cadre: '',
    unit: '',
    roster: new Set(Array.from({ length: 100 }, (_, k) => 100 + k)),
    topicTitles: new Map(),
  });
  const found = [
    cadreStandings(policy, facts, day),
    unitStandings(policy, { since: from, records: facts.records }, day),
    presenceStandings(policy, progress, facts),
    figureStandings(policy, figuresWith(name, n, day), facts, day),
  ].flatMap((all) => all.filter((one) => one.requirement.id === id));
  const ways = new Set(found.map(({ status }) => status === 'met'));
  expect(found.length, `${id} is judged`).toBeGreaterThan(0);
  expect(ways.size, `${id} ${name}=${n} is judged alike in every way`).toBe(1);
  return ways.has(true);
}

const numbers = profiles.flatMap((policy) =>
  policy.requirements.flatMap((requirement) =>
    [
      ...new Set([
        ...Object.keys(requirement.threshold),
        ...(requirement.open ?? []).filter((name) => /^(youths|atLeast|contacts|clear)$/.test(name)),
      ]),
    ].map((name) => ({
      what: `${policy.id} ${requirement.id} ${name}`,
      policy,
      requirement,
      name,
      stood: (requirement.threshold as Readonly<Record<string, number | undefined>>)[name],
    })),
  ),
);

describe('a number of the policy', () => {
  it.each(numbers)('$what', ({ policy, requirement: { id, measure, open = [] }, name, stood }) => {
    const change = (value: number) => {
      const adjustment: Adjustment = { requirement: id, threshold: { [name]: value }, reason: '试点' };
      return adjustPolicy(policy, [adjustment]);
    };
    const says = (value: number) => {
      const result = change(value);
      return result.kind === 'refused' ? result.faults.map(({ say }) => say).join() : '';
    };
    const basis = stood ?? 20;
    const why = fixed[`${measure} ${name}`];
    if (why !== undefined) {
      for (const value of [basis + 1, basis + 5]) expect(says(value)).toMatch(why);
      return expect(says(basis + 1)).toContain('依据：《');
    }
    if (`${measure} ${name}` === cap) return expect(change(basis + 1).kind).toBe('adjusted');
    const raised = change(basis + 1);
    if (raised.kind === 'refused') throw new Error(says(basis + 1));
    if (stood !== undefined) {
      expect(isMet(policy, id, name, basis)).toBe(true);
      expect(isMet(policy, id, name, basis - 1)).toBe(false);
    }
    expect(isMet(raised.policy, id, name, basis)).toBe(false);
    expect(isMet(raised.policy, id, name, basis + 1)).toBe(true);
    if (!open.includes(name)) return expect(says(basis - 1)).toContain('不能改少');
    if (basis - 1 < 1) return;
    const lowered = change(basis - 1);
    if (lowered.kind === 'refused') throw new Error(says(basis - 1));
    expect(isMet(lowered.policy, id, name, basis - 1)).toBe(true);
  });

  it('that contradicts another is refused, whatever the reason', () => {
    const refused = (id: string, threshold: Record<string, number>) => {
      const [policy] = profiles.filter(({ requirements }) => requirements.some((one) => one.id === id));
      const result = policy && adjustPolicy(policy, [{ requirement: id, threshold, reason: '试点' }]);
      return result?.kind === 'refused' ? result.faults.map(({ say }) => say).join() : 'let through';
    };
    expect(refused('topic', { participants: 3, clear: 4 })).toContain('不能比参与的人');
    expect(refused('pairing', { atLeast: 6 })).toContain('不能比最多的（atMost=5）还多');
    expect(refused('face-to-face', { moreThanPercent: 100 })).toContain('没有人做得到，最多写 99');
    expect(refused('voice', { atLeast: 2 })).toContain('每天有声音”问的是有没有，不问几次');
  });
});
