/** Where the cadres of a unit stand with each requirement, as counts: for an administrator, without a name. */
import { isEveryday, type Requirement } from '../policy/policy.ts';
import type { Standing, Status } from './standing.ts';

/** One requirement: how many have which status. Those of presence are counted by group, the others by cadre. */
export interface SummaryRow {
  readonly name: string;
  readonly period: Requirement['period'];
  readonly advice: boolean;
  /** As in an overview: “日常”. */
  readonly everyday: boolean;
  readonly by: 'group' | 'cadre';
  readonly counts: Readonly<Record<Status, number>>;
}

/** One cadre's standings: their own, and those of each of their groups. */
export interface StandingsOfCadre {
  readonly own: readonly Standing[];
  readonly groups: readonly (readonly Standing[])[];
}

/** The periods in the order in which they are shown. */
const periods: readonly Requirement['period'][] = [
  'day',
  'week',
  'month',
  'quarter',
  'season',
  'half-year',
  'semester',
  'year',
  'standing',
  'once',
];

/** The counts by requirement, the shortest period first. What is called the same in two profiles is one row. */
export function summaryOf(cadres: readonly StandingsOfCadre[]): readonly SummaryRow[] {
  // Equal standings of many are mostly one object (many.ts): counted as such first.
  const own = new Map<Standing, number>();
  const groups = new Map<Standing, number>();
  const count = (many: Map<Standing, number>, one: Standing) => many.set(one, (many.get(one) ?? 0) + 1);
  for (const cadre of cadres) {
    for (const standing of cadre.own) count(own, standing);
    for (const group of cadre.groups) for (const standing of group) count(groups, standing);
  }
  const found = new Map<string, { -readonly [K in keyof SummaryRow]: SummaryRow[K] }>();
  const add = ({ requirement, status }: Standing, by: SummaryRow['by'], times: number) => {
    const { name, period, force } = requirement;
    const key = `${period}/${name}/${force}`;
    const row = found.get(key) ?? {
      name,
      period,
      advice: force === 'advice',
      everyday: isEveryday(requirement),
      by,
      counts: none,
    };
    found.set(key, { ...row, counts: { ...row.counts, [status]: row.counts[status] + times } });
  };
  for (const [standing, times] of own) add(standing, 'cadre', times);
  for (const [standing, times] of groups) add(standing, 'group', times);
  return [...found.values()].sort((a, b) => periods.indexOf(a.period) - periods.indexOf(b.period));
}

const none: SummaryRow['counts'] = {
  met: 0,
  underway: 0,
  due_soon: 0,
  missed: 0,
  unknown: 0,
  not_applicable: 0,
};
