/** What the database knows of a cadre and of a unit beyond presence, for the standing of their other duties. */
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import { yearOf } from '../../domain/calendar/period.ts';
import type { DeedFact } from '../../domain/deeds/fact.ts';
import { deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import { type Policy, requirementOf } from '../../domain/policy/policy.ts';
import type { RecordKind } from '../../domain/policy/records.ts';
import type {
  ByGrade,
  CadreFacts,
  LinkFact,
  RecordFact,
  UnitFacts,
  Vacations,
} from '../../domain/standing/facts.ts';
import { countSteps, type StepFacts, stepStandings } from '../../domain/standing/first-steps.ts';
import { largestOwned, type OwnedGroup } from '../../domain/standing/group-owned.ts';
import { readExemption } from '../../domain/units/exemption.ts';
import { asCadreKind } from '../../domain/units/unit.ts';
import type { Db, Statements } from '../database.ts';
import type { CadreOfPerson, GroupRow } from './cadres.ts';
import { deedFacts } from './deed-facts.ts';
import { stepFacts } from './first-steps.ts';
import { youthsOf } from './identity.ts';
import { ownerOf } from './owners.ts';
import { countPairings } from './pairings.ts';

/** What `/记` records, and `/问题清单 上报` and `/活动 结束` with it: every kind that a requirement counts. */
export const kept: ReadonlySet<RecordKind> = new Set(deedKindNames);

/** What of a cadre's row {@link factsFrom} needs. */
export const cadreColumns = {
  identityAt: true,
  kind: true,
  organ: true,
  exempt: true,
  branch: true,
  club: true,
  bindings: { orderBy: { at: 'asc' }, take: 1, select: { at: true } },
} as const;

interface CadreRow {
  readonly identityAt: Date | null;
  readonly kind: string;
  readonly organ: boolean;
  readonly exempt: string | null;
  readonly branch: string;
  readonly club: string;
  readonly bindings: readonly { readonly at: Date }[];
}

/**
 * The facts of a cadre who leads some groups, with their deeds of this year and the last. Until rosters come, the
 * roster is the youths of these groups, each once. An activity that ended is one deed, kept by `/活动 结束`: what counts
 * deeds counts it there, and there alone.
 */
export async function cadreFacts(
  db: Db,
  cadre: CadreOfPerson,
  groups: readonly GroupRow[],
  today: Day,
  unit: Binding,
): Promise<CadreFacts> {
  const row = await db.cadre.findUniqueOrThrow({ where: { id: cadre.id }, select: cadreColumns });
  const roster = new Set<number>();
  const owned: OwnedGroup[] = [];
  for (const group of groups) {
    const youths = await youthsOf(db, group.id, cadre.personId);
    owned.push({ youths: youths.length, ...(await ownerOf(db, group.id)) });
    for (const youth of youths) roster.add(youth);
  }
  const steps = await countedSteps(db, [{ id: cadre.id, ...row }], unit.policy);
  return {
    ...factsFrom(row, await deedFacts(db, recentDays(today), [cadre.id]), unit, today),
    steps: steps.get(cadre.id),
    roster: { count: roster.size, grade: 'verified' },
    group: largestOwned(owned, cadre.personId),
    // The cadre's word: nobody else may know of it.
    paired: { count: await countPairings(db, cadre.id), grade: 'stated' },
  };
}

type StepsRow = Pick<CadreRow, 'identityAt' | 'organ' | 'branch' | 'club' | 'bindings'> & {
  readonly id: number;
};

/** The first steps that each of some cadres has taken, where the policy has the path and it is theirs: 机关干部. */
export async function countedSteps(
  db: Statements,
  cadres: readonly StepsRow[],
  policy: Policy,
): Promise<ReadonlyMap<number, ByGrade>> {
  const path = requirementOf(policy, 'checklist');
  const asked = path ? cadres.filter(({ organ }) => organ || !path.binds.organ) : [];
  if (asked.length === 0) return new Map();
  const facts = await stepFacts(db, asked);
  return new Map([...facts].map(([id, one]) => [id, countSteps(stepStandings(one, policy.grades))]));
}

/** What is known of a cadre's first steps. */
export async function ownSteps(db: Db, cadreId: number): Promise<StepFacts> {
  const row = await db.cadre.findUniqueOrThrow({ where: { id: cadreId }, select: cadreColumns });
  const facts = (await stepFacts(db, [{ id: cadreId, ...row }])).get(cadreId);
  if (!facts) throw new Error(`no facts of cadre ${cadreId}`);
  return facts;
}

/** What binds a cadre: the policy of their unit, and its vacations. */
interface Binding {
  readonly policy: Policy;
  readonly vacations: Vacations;
}

/** The facts of a cadre without their roster. What rests on their groups is undefined. */
export function factsFrom(
  row: CadreRow,
  deeds: readonly DeedFact[],
  { policy, vacations }: Binding,
  today: Day,
): CadreFacts {
  const [first] = row.bindings;
  const linked = (to: 'branch' | 'club', name: string, contacts: readonly LinkFact[]) =>
    name === '' && contacts.length === 0 ? {} : { [to]: contacts };
  return {
    ...whoIs(row, policy),
    since: first ? dayOf(first.at.getTime()) : today,
    records: { since: first ? dayOf(first.at.getTime()) : today, kept, all: deeds },
    identityOn: row.identityAt ? dayOf(row.identityAt.getTime()) : undefined,
    // A contact with a branch that was linked before counts also where none is linked now.
    links: {
      ...linked(
        'branch',
        row.branch,
        deeds.filter(({ withBranch }) => withBranch),
      ),
      ...linked(
        'club',
        row.club,
        deeds.filter(({ withClub }) => withClub),
      ),
    },
    vacations,
  };
}

/** Who a cadre is to their policy, of whom nothing else is known yet. */
export function whoIs(row: Pick<CadreRow, 'kind' | 'organ' | 'exempt'>, policy: Policy) {
  return {
    kind: asCadreKind(row.kind),
    organ: row.organ,
    // A unit that has set how many youths its part-time cadres keep in contact with is one with many (团中央 §二).
    manyYouths: setsItsNumber(policy) ? true : policy.manyYouths,
    exempt: readExemption(row.exempt),
    roster: undefined,
    group: undefined,
    paired: undefined,
    steps: undefined,
  } as const;
}

/**
 * The facts of a unit: what its own cadres did, units below it apart. Several cadres' records of one kind on one day
 * are one event of the unit, with the best evidence and the most participants that any of them has.
 */
export async function unitFacts(
  db: Db,
  unitId: number,
  since: Day,
  today: Day,
  vacations: Vacations,
): Promise<UnitFacts> {
  const cadres = await db.cadre.findMany({ where: { unitId }, select: { id: true } });
  const deeds = await deedFacts(
    db,
    recentDays(today),
    cadres.map(({ id }) => id),
  );
  const events = new Map<string, RecordFact>();
  for (const { kind, day, grade, participants } of deeds) {
    const key = `${kind}/${day}`;
    const known = events.get(key);
    const most = Math.max(participants ?? 0, known?.participants ?? 0);
    const grades = [grade, known?.grade];
    events.set(key, {
      kind,
      day,
      grade: evidenceGrades.find((one) => grades.includes(one)) ?? grade,
      participants: most > 0 ? most : undefined,
    });
  }
  return { since, records: { since, kept, all: [...events.values()] }, vacations };
}

function setsItsNumber({ requirements }: Policy): boolean {
  return requirements.some(
    ({ measure, binds, threshold }) =>
      measure === 'roster' && binds.manyYouths === true && threshold.youths !== undefined,
  );
}

/** The days whose deeds any requirement asks for: this year's and the last one's. */
export function recentDays(today: Day): { readonly from: Day; readonly to: Day } {
  return { from: yearOf(yearOf(today).from - 1).from, to: today };
}
