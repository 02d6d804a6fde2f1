/**
 * What a unit may change of its profile: what the documents leave open. “层层加码” is caught (滁州 §七.4; scheme.md,
 * no-piling-on): what asks for more than the level above is refused, unless a reason is recorded for all to see.
 */
import { z } from 'zod';
import { quarterOf } from '../calendar/period.ts';
import { type EvidenceGrade, evidenceGrades, gradeNames } from '../deeds/kinds.ts';
import { clauseOf, sourceOf } from './documents/documents.ts';
import { citationText, type Policy, policySchema, type Requirement } from './policy.ts';
import { recordKinds, recordName } from './records.ts';

const monthDay = policySchema.shape.semesters.shape.autumn;

/** How often a unit can ask for what the documents only ask for now and then. */
export const adjustablePeriods = ['month', 'quarter', 'half-year', 'semester', 'year'] as const;

/** One change of a unit's. Numbers by their name in the threshold. */
export const adjustmentSchema = z.strictObject({
  requirement: z.string().min(1),
  threshold: z.record(z.string(), z.number()).optional(),
  force: z.enum(['binding', 'advice']).optional(),
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  /** How often, where the documents only say 定期 or 经常. */
  period: z.enum(adjustablePeriods).optional(),
  /** The kinds that count in one quarter, or for good. */
  evidence: z.array(z.enum(recordKinds)).min(1).optional(),
  quarter: z
    .string()
    .regex(/^\d{4}-Q[1-4]$/)
    .optional(),
  /** Why it asks for more than the level above. */
  reason: z.string().trim().min(1).max(300).optional(),
});
export type Adjustment = z.output<typeof adjustmentSchema>;

export type Adjusted =
  | { readonly kind: 'adjusted'; readonly policy: Policy }
  | { readonly kind: 'refused'; readonly faults: readonly { requirement: string; say: string }[] };

const noPilingOn = 'chuzhou/7.4';

/**
 * The policy of a unit out of that of the level above (a profile, or the unit above's). What a level has set is no
 * more open to the levels below. Nothing is changed when any of the changes is refused.
 */
export function adjustPolicy(above: Policy, adjustments: readonly Adjustment[]): Adjusted {
  if (adjustments.length === 0) return { kind: 'adjusted', policy: above };
  const faults: { requirement: string; say: string }[] = [];
  const requirements = above.requirements.map((requirement) => {
    let changed = requirement;
    for (const adjustment of adjustments.filter((one) => one.requirement === requirement.id)) {
      const result = adjustOne(changed, adjustment);
      if (typeof result === 'string') faults.push({ requirement: requirement.id, say: result });
      else changed = result;
    }
    return changed;
  });
  for (const { requirement } of adjustments)
    if (!above.requirements.some(({ id }) => id === requirement))
      faults.push({ requirement, say: `方案“${above.name}”里没有“${requirement}”这一项。` });
  if (faults.length > 0) return { kind: 'refused', faults };
  const parsed = policySchema.safeParse({ ...above, requirements });
  if (parsed.success) return { kind: 'adjusted', policy: parsed.data };
  return {
    kind: 'refused',
    faults: parsed.error.issues.map(({ path }) => {
      const requirement = above.requirements[Number(path[1])];
      return {
        requirement: requirement?.id ?? '',
        say: `“${requirement?.name ?? above.name}”改成这样就不成立了：数字要是正整数，日期要写成 09-01 这样。`,
      };
    }),
  };
}

/** The policy of a unit that counts records from some evidence on: `documented` leaves out what is only stated. */
export function withEvidence(policy: Policy, weakest: EvidenceGrade): Policy {
  return { ...policy, grades: evidenceGrades.slice(0, evidenceGrades.indexOf(weakest) + 1) };
}

function adjustOne(requirement: Requirement, adjustment: Adjustment): Requirement | string {
  const open = new Set(requirement.open);
  const more: string[] = [];
  const less: string[] = [];
  const before = requirement.threshold as Readonly<Record<string, number | undefined>>;
  const threshold = { ...before };
  for (const [name, value] of Object.entries(adjustment.threshold ?? {})) {
    const stood = before[name];
    if (stood === undefined && !open.has(name)) return `“${inner(requirement.name)}”里没有“${name}”这个数。`;
    threshold[name] = value;
    if (open.has(name) || value === stood) continue;
    // More youths paired than at most is more; so is a higher least.
    (value > (stood ?? 0) ? more : less).push(`${stood}→${value}`);
  }
  const senseless = senselessWith(requirement, threshold);
  if (senseless !== undefined) return `${senseless}${basis(requirement)}`;
  const { force = requirement.force, season, period } = adjustment;
  if (force === 'binding' && requirement.force === 'advice') more.push('建议→必须');
  if (force === 'advice' && requirement.force === 'binding') less.push('必须→建议');
  if (season && !open.has('season'))
    return `“${inner(requirement.name)}”的时间是文件定的，不能改。${basis(requirement)}`;
  if (period && !canChangePeriod(requirement))
    return `“${inner(requirement.name)}”多久一次是文件定的，不能改。${basis(requirement)}`;
  if (adjustment.evidence && (requirement.measure !== 'records' || !open.has('evidence')))
    return `“${inner(requirement.name)}”算哪些工作是文件定的，不能改。${basis(requirement)}`;
  if (less.length > 0)
    return `“${inner(requirement.name)}”（${less.join('，')}）是上一级定的，不能改少。${basis(requirement)}`;
  if (more.length > 0 && adjustment.reason === undefined)
    return `“${inner(requirement.name)}”（${more.join('，')}）比上一级要求得多，属于层层加码。${basis(requirement)}${prohibition()}确有必要的，请写明理由：理由会给受约束的每一位团干部看到。`;
  const settled = new Set([
    ...Object.keys(adjustment.threshold ?? {}),
    ...(season ? ['season'] : []),
    ...(period ? ['period'] : []),
    ...(adjustment.evidence && adjustment.quarter === undefined ? ['evidence'] : []),
  ]);
  return {
    ...requirement,
    name: renamed(requirement.name, before, threshold),
    threshold,
    force,
    ...(season ? { season } : {}),
    ...(period ? { period } : {}),
    ...kindsOf(requirement, adjustment),
    open: requirement.open?.filter((name) => !settled.has(name)),
    ...(more.length > 0 && adjustment.reason !== undefined
      ? { raised: { before: more.join('，'), reason: adjustment.reason } }
      : {}),
  } as Requirement;
}

/** The name with the numbers that were changed: “每年给团支部上2次团课” of three is not to be read as two. */
function renamed(
  name: string,
  before: Readonly<Record<string, number | undefined>>,
  after: Readonly<Record<string, number | undefined>>,
): string {
  const changed = Object.keys(after).filter((key) => before[key] !== undefined && before[key] !== after[key]);
  const known = new Map(changed.map((key) => [String(before[key]), String(after[key])]));
  // A count stands before 次 or 名, or in a range; “1+100” and 4+1 are names.
  return name.replace(/(?<![\d+])\d+(?=[次名–])/g, (number) => known.get(number) ?? number);
}

/** Whether a unit can set how often: the voice of a day or the exchange of a week is measured by nothing else. */
export function canChangePeriod({ measure, open }: Requirement): boolean {
  return (measure === 'records' || measure === 'link') && (open?.includes('period') ?? false);
}

/** Why a requirement would mean nothing with these numbers, whatever the reason for them; undefined where it does. */
function senselessWith(
  { measure, name }: Requirement,
  threshold: Readonly<Record<string, number | undefined>>,
): string | undefined {
  const {
    atLeast = 1,
    atMost = atLeast,
    participants = 0,
    clear = 0,
    moreThanPercent = 0,
    steps,
  } = threshold;
  switch (measure) {
    // 每天有声音 asks whether, not how often; and a hundred messages in a half-hour are one bit.
    case 'voice':
      return atLeast === 1 ? undefined : `“${inner(name)}”问的是有没有，不问几次，没有次数可以调。`;
    case 'topic':
      return clear <= participants
        ? undefined
        : `“${inner(name)}”里明确参与的人（clear=${clear}）不能比参与的人（participants=${participants}）还多。`;
    case 'pairing':
      return atLeast <= atMost
        ? undefined
        : `“${inner(name)}”最少的人数（atLeast=${atLeast}）不能比最多的（atMost=${atMost}）还多。`;
    case 'face-to-face':
      return moreThanPercent < 100
        ? undefined
        : `“${inner(name)}”要“超过” ${moreThanPercent}%，没有人做得到，最多写 99。`;
    case 'checklist':
      return steps === 10 ? undefined : `“${inner(name)}”就是文件列的十步，没有步数可以调。`;
    default:
      return undefined;
  }
}

function kindsOf(requirement: Requirement, { evidence, quarter }: Adjustment) {
  if (requirement.measure !== 'records' || evidence === undefined) return {};
  return quarter === undefined
    ? { evidence }
    : { setEachQuarter: { ...requirement.setEachQuarter, [quarter]: evidence } };
}

/** A name as it stands within quotation marks. */
function inner(name: string): string {
  return name.replaceAll('“', '‘').replaceAll('”', '’');
}

function basis(requirement: Requirement): string {
  return `依据：${citationText(requirement)}。`;
}

function prohibition(): string {
  const found = clauseOf(noPilingOn);
  const words = '对于团干部联系青年的数量、开展活动的频次不能层层加码';
  return found ? `${sourceOf(found.document, found.clause)}：“${words}”。` : '';
}

/** What counts for a requirement of records on a day: the kinds set for its quarter, else those of the profile. */
export function kindsCounted(
  requirement: Extract<Requirement, { measure: 'records' }>,
  day: number,
): { readonly kinds: readonly (typeof recordKinds)[number][]; readonly names: string } {
  const kinds = requirement.setEachQuarter?.[quarterOf(day).key] ?? requirement.evidence;
  return { kinds, names: kinds.map(recordName).join('、') };
}

/** What a unit asks of one requirement beyond the level above, with its reason; none where it does not. */
export function raisedLine(requirement: Requirement | undefined): readonly string[] {
  if (!requirement?.raised) return [];
  const { name, raised } = requirement;
  return [`“${inner(name)}”比上一级要求得多（${raised.before}），理由：${raised.reason}`];
}

/** What a unit asks for beyond the level above, with its reasons, as every cadre bound is shown it. */
export function raisedLines({ requirements, grades }: Policy): readonly string[] {
  const ignored = evidenceGrades.filter((grade) => !grades.includes(grade)).map((grade) => gradeNames[grade]);
  return [
    ...requirements.flatMap(raisedLine),
    ...(ignored.length > 0
      ? [`记录要${grades.map((grade) => gradeNames[grade]).join('或')}才算数，${ignored.join('、')}的不算`]
      : []),
  ];
}
