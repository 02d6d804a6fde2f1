/** Units (团组织): a tree, what a unit inherits from those above it, and the kinds of cadre. */
import { type Day, dayFrom } from '../calendar/day.ts';
import { type Period, semesterOf } from '../calendar/period.ts';
import { type EvidenceGrade, evidenceGrades } from '../deeds/kinds.ts';

/** Whom a requirement binds depends on it (团中央 §二, 问答 8; 梅州 实施细则一). 领导机关: of a county or above. */
export const cadreKinds = {
  full_time: '专职',
  seconded: '挂职',
  leading_part_time: '领导机关兼职',
  part_time: '一般兼职',
} as const;
export type CadreKind = keyof typeof cadreKinds;
export const cadreKindNames = Object.keys(cadreKinds) as [CadreKind, ...CadreKind[]];

/** The kind that a stored string or a Chinese word names, if it is one. */
export function asCadreKind(text: string): CadreKind | undefined {
  const word = text.normalize('NFKC').trim();
  return cadreKindNames.find((kind) => kind === word || cadreKinds[kind] === word);
}

/** A unit in the tree. */
export interface Unit {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | undefined;
  /** Id of the policy profile that the unit has chosen itself. */
  readonly profile: string | undefined;
  /** The day on which the unit began to go by another profile than before, of its own choice or by being moved. */
  readonly profileSince?: Day | undefined;
  /** Whether it has many youths (团中央 §二); undefined: what the unit above says. */
  readonly manyYouths?: boolean | undefined;
  /** The semesters whose dates the unit has set itself. */
  readonly semesters: readonly SemesterDates[];
  /** The weakest evidence of a record that counts here and below; undefined: what the unit above says. */
  readonly evidence?: EvidenceGrade | undefined;
}

/** The days of a semester, both included; `key` as {@link semesterOf} has it. */
export interface SemesterDates {
  readonly key: string;
  readonly from: Day;
  readonly to: Day;
}

/** A unit and those above it, the unit first. Ends where the tree has a loop, which stored ones have not. */
export function pathUp(units: readonly Unit[], id: number): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const path: Unit[] = [];
  for (let unit = byId.get(id); unit && !path.includes(unit); unit = byId.get(unit.parentId ?? 0))
    path.push(unit);
  return path;
}

/**
 * Where a unit stands under the document that it goes by: `top` issued it (学院团委, 校团委, 团市委), `below` is right under
 * that one (团总支, 县（市、区）团委), `deeper` is further down (团支部).
 */
export const unitLevels = ['top', 'below', 'deeper'] as const;
export type UnitLevel = (typeof unitLevels)[number];

/** The ids of a unit and of all those below it. */
export function unitsWithin(units: readonly Unit[], id: number): ReadonlySet<number> {
  const children = new Map<number, number[]>();
  for (const { id: child, parentId } of units)
    if (parentId !== undefined) children.set(parentId, [...(children.get(parentId) ?? []), child]);
  const within = new Set([id]);
  // A set is walked in the order of its growth.
  for (const unit of within) for (const child of children.get(unit) ?? []) within.add(child);
  return within;
}

/** The profile that holds for a unit: its own, or that of the nearest unit above that has one. */
export function profileOf(units: readonly Unit[], id: number): string | undefined {
  return pathUp(units, id).find(({ profile }) => profile !== undefined)?.profile;
}

/** The weakest evidence that counts for a unit: the strictest of what it and those above it say; undefined: nobody does. */
export function evidenceOf(units: readonly Unit[], id: number): EvidenceGrade | undefined {
  const said = pathUp(units, id).flatMap(({ evidence }) => evidence ?? []);
  return evidenceGrades.find((grade) => said.includes(grade));
}

/** Whether a unit has many youths, as it or the nearest unit above says; undefined: nobody does. */
export function manyYouthsIn(units: readonly Unit[], id: number): boolean | undefined {
  return pathUp(units, id).find(({ manyYouths }) => manyYouths !== undefined)?.manyYouths;
}

/** The day on which a unit began to go by its profile, where it went by another before. */
export function profileSinceOf(units: readonly Unit[], id: number): Day | undefined {
  const path = pathUp(units, id);
  const chose = path.findIndex(({ profile }) => profile !== undefined);
  const days = path
    .slice(0, chose < 0 ? path.length : chose + 1)
    .flatMap(({ profileSince }) => profileSince ?? []);
  return days.length > 0 ? Math.max(...days) : undefined;
}

/** The semesters as they hold for a unit: of each, the dates of the nearest unit that sets them. */
export function semestersOf(units: readonly Unit[], id: number): readonly SemesterDates[] {
  const found = new Map<string, SemesterDates>();
  for (const { semesters } of pathUp(units, id))
    for (const semester of semesters) if (!found.has(semester.key)) found.set(semester.key, semester);
  return [...found.values()].sort((a, b) => a.from - b.from);
}

/**
 * The semester that a day counts for: one whose set dates hold it, otherwise the default one, cut where set ones begin
 * or end. A vacation between set dates belongs to the default semester of its day.
 */
export function semesterOn(day: Day, semesters: readonly SemesterDates[]): Period {
  const own = semesters.find(({ from, to }) => from <= day && day <= to);
  if (own) return { kind: 'semester', key: own.key, from: own.from, to: own.to };
  const usual = semesterOf(day);
  const set = semesters.find(({ key }) => key === usual.key);
  return set ? { kind: 'semester', ...set } : cut(usual, day, semesters);
}

function cut(usual: Period, day: Day, semesters: readonly SemesterDates[]): Period {
  let { from, to } = usual;
  for (const other of semesters) {
    if (other.to < day) from = Math.max(from, other.to + 1);
    if (other.from > day) to = Math.min(to, other.from - 1);
  }
  return { ...usual, from, to };
}

const longestSemester = 250;
/** How far a set beginning may lie from the default one, in days. */
const furthest = 75;
/** What is longer between two semesters is no vacation but a semester that nobody has set. In days. */
const longestVacation = 100;

/** Why such dates cannot be a semester's, said to whoever sets them; undefined when they can. */
export function semesterFault(
  semester: SemesterDates,
  others: readonly SemesterDates[],
  usualFrom: Day,
): string | undefined {
  const { key, from, to } = semester;
  if (to <= from) return '学期的最后一天要晚于第一天。';
  if (to - from > longestSemester) return `一个学期最长 ${longestSemester} 天，请看看日期是不是写错了。`;
  if (Math.abs(from - usualFrom) > furthest) return `这个日期离 ${key} 太远，请看看年份和学期是不是写错了。`;
  const overlapping = others.find((other) => other.key !== key && other.from <= to && from <= other.to);
  return overlapping && `和 ${overlapping.key} 学期的日期重叠了。`;
}

/** The default semester of a key (`2026-autumn`); undefined when it is no such key. */
export function usualSemester(key: string): Period | undefined {
  const found = /^(\d{4})-(autumn|spring)$/.exec(key);
  return found ? semesterOf(dayFrom(Number(found[1]), found[2] === 'autumn' ? 9 : 2, 1)) : undefined;
}

/** The days between a set semester and the next set one, as long as a vacation can be: nobody is in school. */
export function vacationsBetween(
  semesters: readonly SemesterDates[],
): readonly { readonly from: Day; readonly to: Day }[] {
  return semesters.flatMap((semester, index) => {
    const next = semesters[index + 1];
    const days = next ? next.from - semester.to - 1 : 0;
    return next && days > 0 && days <= longestVacation ? [{ from: semester.to + 1, to: next.from - 1 }] : [];
  });
}

const exemptionSigns = {
  ground_staff: ['工勤'],
  maternity: ['产假'],
  seconded_out: ['借调', '挂职'],
  long_sick: ['病休', '长期病'],
} as const;

/** Why a cadre is exempt (团中央 问答 9), once their unit's leader has approved. */
export const exemptions = {
  ground_staff: '内部工勤岗位人员',
  maternity: '休产假人员',
  seconded_out: '在外借调或挂职半年以上',
  long_sick: '因长期病休等原因不适宜开展工作',
} as const satisfies Readonly<Record<keyof typeof exemptionSigns, string>>;
export type Exemption = keyof typeof exemptions;

/** The exemption that a stored string or Chinese words name, if it is one. */
export function asExemption(text: string): Exemption | undefined {
  const words = text.normalize('NFKC').trim();
  return (Object.keys(exemptions) as Exemption[]).find(
    (one) => one === words || exemptionSigns[one].some((sign) => words.includes(sign)),
  );
}
