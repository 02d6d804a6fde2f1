/** Everything asked of a cadre on one sheet: by week, month, quarter, semester, year, and what to do next. */
import type { Day } from '../calendar/day.ts';
import { raisedLines } from '../policy/adjust.ts';
import { isEveryday, type Policy, type Requirement } from '../policy/policy.ts';
import { leftOf, type Standing, type Status, type Why } from './standing.ts';

export const scopes = ['week', 'month', 'quarter', 'semester', 'year', 'all'] as const;
export type Scope = (typeof scopes)[number];

const periodsOf: Readonly<Record<Scope, readonly Requirement['period'][]>> = {
  week: ['day', 'week'],
  month: ['month'],
  quarter: ['quarter', 'season'],
  semester: ['half-year', 'semester'],
  year: ['year', 'standing', 'once'],
  all: ['day', 'week', 'month', 'quarter', 'season', 'half-year', 'semester', 'year', 'standing', 'once'],
};

/** One requirement, as it is shown. */
export interface OverviewRow {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly advice: boolean;
  /** The documents name no period (日常): it is counted by this one as advice. */
  readonly everyday: boolean;
  readonly measure: Requirement['measure'];
  readonly have: number;
  readonly need: number | undefined;
  readonly left: number;
  /** Last day to do it. */
  readonly until: Day | undefined;
  readonly why: Why | undefined;
  readonly verified: number;
  readonly documented: number;
  readonly stated: number;
}

export interface Overview {
  readonly group: string;
  readonly cadre: string;
  readonly unit: string;
  readonly policy: string;
  readonly today: Day;
  readonly scope: Scope;
  /** By period, the shortest first; what is unknown or does not apply is below. */
  readonly sections: readonly {
    readonly period: Requirement['period'];
    readonly rows: readonly OverviewRow[];
  }[];
  readonly unknown: readonly Grouped[];
  readonly notApplicable: readonly Grouped[];
  /** What the unit asks for beyond the level above, with its reasons. */
  readonly raised: readonly string[];
}

export interface Grouped {
  readonly why: Why | undefined;
  readonly names: readonly string[];
}

/** The sheet of a scope out of all standings. Standings of the unit are not the cadre's and are left out. */
export function overviewOf(
  policy: Policy,
  standings: readonly Standing[],
  scope: Scope,
  about: Pick<Overview, 'group' | 'cadre' | 'unit' | 'today'>,
): Overview {
  const asked = standings.filter(
    ({ requirement }) => requirement.subject === 'cadre' && periodsOf[scope].includes(requirement.period),
  );
  const known = asked.filter(({ status }) => status !== 'unknown' && status !== 'not_applicable');
  return {
    ...about,
    policy: policy.name,
    scope,
    sections: periodsOf[scope].flatMap((period) => {
      const rows = known.filter(({ requirement }) => requirement.period === period).map(rowOf);
      return rows.length === 0 ? [] : [{ period, rows }];
    }),
    unknown: grouped(asked, 'unknown'),
    notApplicable: grouped(asked, 'not_applicable'),
    raised: raisedLines(policy),
  };
}

/** What to do next, the most pressing first: what is due soon, then duties that have time; at most `count`. */
export function nextSteps(standings: readonly Standing[], count = 3): readonly OverviewRow[] {
  const weight = ({ status, requirement }: Standing) =>
    (status === 'missed' ? 0 : status === 'due_soon' ? 1 : 2) + (requirement.force === 'advice' ? 10 : 0);
  return standings
    .filter(
      ({ status, requirement }) =>
        requirement.subject === 'cadre' &&
        (status === 'due_soon' || status === 'underway' || status === 'missed'),
    )
    .sort(
      (a, b) =>
        weight(a) - weight(b) ||
        (a.span?.until ?? Number.MAX_SAFE_INTEGER) - (b.span?.until ?? Number.MAX_SAFE_INTEGER),
    )
    .slice(0, count)
    .map(rowOf);
}

function rowOf(standing: Standing): OverviewRow {
  const { requirement, status, have, need, span, why, evidence } = standing;
  const { id, name, force, measure } = requirement;
  const { verified, documented, stated } = evidence;
  return {
    id,
    name,
    status,
    advice: force === 'advice',
    everyday: isEveryday(requirement),
    measure,
    have,
    need,
    left: leftOf(standing),
    until: span?.until,
    why,
    verified,
    documented,
    stated,
  };
}

function grouped(standings: readonly Standing[], status: Status): readonly Grouped[] {
  const byWhy = new Map<Why | undefined, string[]>();
  for (const standing of standings.filter((one) => one.status === status))
    byWhy.set(standing.why, [...(byWhy.get(standing.why) ?? []), standing.requirement.name]);
  return [...byWhy].map(([why, names]) => ({ why, names }));
}
