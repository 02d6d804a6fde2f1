/** A cadre's evidence of a period, put together out of the store; and which period a report is about. */
import { type Day, dayOf } from '../domain/calendar/day.ts';
import { monthOf, weekOf } from '../domain/calendar/period.ts';
import type { WorkCalendar } from '../domain/calendar/workdays.ts';
import type { DeedKind } from '../domain/deeds/kinds.ts';
import type { Policy, Requirement } from '../domain/policy/policy.ts';
import { redact } from '../domain/redaction/redact.ts';
import { figuresIn } from '../domain/reports/figures.ts';
import type { ReportEvidence, ReportPeriod } from '../domain/reports/report.ts';
import { cadreStandings } from '../domain/standing/evaluate.ts';
import type { CadreFacts } from '../domain/standing/facts.ts';
import { cadenceNames } from '../domain/standing/measure.ts';
import { type Span, spanBefore, spanOf } from '../domain/standing/span.ts';
import type { Standing } from '../domain/standing/standing.ts';
import type { Db } from '../prisma/database.ts';
import { type CadreOfPerson, type GroupRow, groupsLedBy } from '../prisma/store/cadres.ts';
import { metByDeeds } from '../prisma/store/deed-facts.ts';
import { loadFacts } from '../prisma/store/facts.ts';
import { youthsOf } from '../prisma/store/identity.ts';
import { namesIn } from '../prisma/store/model.ts';
import { policyOfCadre } from '../prisma/store/policies.ts';
import {
  activityTitles,
  deedsBetween,
  demandsIn,
  foldedIn,
  pushesIn,
  surveysIn,
} from '../prisma/store/reports.ts';
import { cadreFacts } from '../prisma/store/standing.ts';
import { topicTitles } from '../prisma/store/topics.ts';
import { oneLine, shorten } from './render/legible.ts';
import { unitOf, whyWords } from './render/overview-words.ts';
import { withVacations } from './standing.ts';

/** Deeds whose words may tell of one youth: they are counted, not told. */
const ofOnePerson: readonly DeedKind[] = ['heart_talk', 'good_deed', 'visit', 'exchange'];

/** A title in a report, in half-width columns. */
const longestTitle = 40;

/** What a report is asked about. */
export interface ReportAsked {
  readonly period: ReportPeriod;
  /** The period before the one that today lies in. */
  readonly before: boolean;
}

/** The cadre's evidence of a period at `now` (milliseconds since the epoch). */
export async function gatherEvidence(
  db: Db,
  cadre: CadreOfPerson,
  asked: ReportAsked,
  { now, calendar }: { readonly now: number; readonly calendar: WorkCalendar },
): Promise<ReportEvidence> {
  const today = dayOf(now);
  const unit = withVacations(await policyOfCadre(db, cadre.id), calendar);
  const span = spanAsked(unit.policy, asked, today);
  const days = { from: span.from, to: Math.min(span.to, today) };
  const groups = await groupsLedBy(db, cadre.personId, today);
  const ids = groups.map(({ id }) => id);
  const names = [...new Set((await Promise.all(ids.map((id) => namesIn(db, id)))).flat())];
  const told = (title: string) => titleWithout(title, names);
  const roster = new Set<number>();
  const met = new Set(await metByDeeds(db, cadre.id, days));
  const found: ReportEvidence['groups'][number][] = [];
  for (const group of groups) {
    const youths = await youthsOf(db, group.id, cadre.personId);
    for (const youth of youths) roster.add(youth);
    const figures = await groupFigures(db, group, unit.policy, { cadre: cadre.personId, ...days, now });
    for (const youth of figures.met) met.add(youth);
    found.push({
      id: group.id,
      name: told(group.name) || '未命名的群',
      youths: youths.length,
      figures,
      topics: mapped(await topicTitles(db, group.id), told),
      activities: mapped(await activityTitles(db, group.id), told),
    });
  }
  const facts = await cadreFacts(db, cadre, groups, today, unit);
  return {
    ...cadenceNames(unit.policy),
    title: titleOf(asked.period, span),
    ...days,
    groups: found,
    met: { count: [...met].filter((youth) => roster.has(youth)).length, of: roster.size },
    deeds: (await deedsBetween(db, cadre.id, days)).map((deed) => ({
      ...deed,
      topic: ofOnePerson.includes(deed.kind) ? '' : told(deed.topic),
    })),
    demands: await demandsIn(db, ids, days),
    surveys: await surveysIn(db, ids, days),
    pushes: await pushesIn(db, ids, days),
    standings: standingsIn(unit.policy, facts, span, today),
  };
}

async function groupFigures(db: Db, group: GroupRow, policy: Policy, about: Parameters<typeof figuresIn>[3]) {
  const whole = { from: weekOf(about.from).from, to: weekOf(about.to).to };
  return figuresIn(await loadFacts(db, group.id, whole), await foldedIn(db, group.id, whole), policy, about);
}

/** A title without names, cut only afterwards: half a name is one, too. Its quotation marks go inside ours. */
function titleWithout(title: string, names: readonly string[]): string {
  const line = oneLine(title);
  const left = redact(line, names);
  const isSame = left === line.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return shorten(isSame ? line : left, longestTitle)
    .replace(/[“"]/gu, '‘')
    .replace(/[”]/gu, '’');
}

/** The days of the period that is asked for, under the unit's own semesters. */
function spanAsked(policy: Policy, { period, before }: ReportAsked, today: Day): Span {
  const timed = { period, season: undefined, dueBefore: undefined };
  const here = spanOf(timed, policy.semesters, today);
  const span = here && before ? spanBefore(timed, policy.semesters, here) : here;
  if (!span) throw new Error(`${period} has no span`);
  return span;
}

/**
 * The requirements that ended in the period, or stand in it, each on its last day so far. Those of presence are told by
 * the groups' figures; what is not asked of this cadre is left out.
 */
function standingsIn(policy: Policy, facts: CadreFacts, span: Span, today: Day): ReportEvidence['standings'] {
  const last = Math.min(span.to, today);
  const found = new Map<string, Standing>();
  for (let month = monthOf(span.from); month.from <= span.to; month = monthOf(month.to + 1))
    for (const one of cadreStandings(policy, facts, Math.min(month.to, last)))
      if (one.span ? one.span.from <= last && span.from <= one.span.to && one.span.to <= span.to : true)
        found.set(`${one.requirement.id}/${one.span?.key ?? ''}`, one);
  return [...found.values()]
    .filter(
      ({ requirement, status, span: own }) =>
        status !== 'not_applicable' && !isThisPaper(requirement) && (!own || own.to >= facts.since),
    )
    .map(({ requirement, span: own, status, why, have, need }) => {
      const unit = unitOf(requirement.measure);
      return {
        name: requirement.name,
        span: own ? spanName(own.key) : '',
        status,
        because: why === undefined ? '' : whyWords[why],
        amount: unit === '' || need === undefined ? '' : `有 ${have} ${unit}，要求 ${need} ${unit}`,
        advice: requirement.force === 'advice',
      };
    });
}

/** Whether it asks for the very paper that is being written. */
function isThisPaper(requirement: Requirement): boolean {
  return requirement.measure === 'records' && requirement.evidence.every((kind) => kind.endsWith('_report'));
}

const quarterNames = ['一', '二', '三', '四'];

/** “2026 年第三季度”, “2026 年秋季学期”, “2026 年 9 月”, “2026 年上半年”, “2026 年”. */
function spanName(key: string): string {
  const [year = '', part = ''] = key.split('-');
  if (part === '') return `${year} 年`;
  if (part.startsWith('Q')) return `${year} 年第${quarterNames[Number(part[1]) - 1] ?? ''}季度`;
  if (part === 'H1' || part === 'H2') return `${year} 年${part === 'H1' ? '上' : '下'}半年`;
  if (part === 'autumn' || part === 'spring') return `${year} 年${part === 'autumn' ? '秋' : '春'}季学期`;
  return `${year} 年 ${Number(part)} 月`;
}

function titleOf(period: ReportPeriod, { key }: Span): string {
  return period === 'year' ? `${key} 年度` : spanName(key);
}

function mapped(titles: ReadonlyMap<string, string>, told: (title: string) => string) {
  return new Map([...titles].map(([id, title]) => [id, told(title)]));
}
