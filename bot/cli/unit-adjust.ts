/** `lianqing unit adjust`: what a unit changes of its policy where the documents leave it open (滁州 §七.4). */
import { defineCommand } from 'citty';
import { asDeedKind, deedKindNames, deedKinds } from '../../domain/deeds/kinds.ts';
import {
  type Adjustment,
  adjustablePeriods,
  adjustmentSchema,
  adjustPolicy,
  canChangePeriod,
  raisedLines,
} from '../../domain/policy/adjust.ts';
import type { Policy, Requirement } from '../../domain/policy/policy.ts';
import { type RecordKind, recordName } from '../../domain/policy/records.ts';
import type { Tx } from '../../prisma/database.ts';
import {
  adjustments,
  dropAdjustments,
  keepAdjustment,
  policyAbove,
  policyOfUnit,
} from '../../prisma/store/policies.ts';
import { inDatabase, unitNamed } from './store.ts';
import { InputError, say } from './terminal.ts';

const periodNames = {
  month: '月',
  quarter: '季度',
  'half-year': '半年',
  semester: '学期',
  year: '年',
} as const satisfies Readonly<Record<(typeof adjustablePeriods)[number], string>>;

export const unitAdjust = defineCommand({
  meta: {
    name: 'adjust',
    description:
      '调整文件没有定死的：数目、时段、算哪些工作；不写哪一项就列出能调的。比上一级要求多的，要写明理由，理由会给受约束的每一位团干部看到',
  },
  args: {
    name: { type: 'positional', description: '团组织', valueHint: '某某学院团委', required: true },
    requirement: { type: 'positional', description: '要求的编号', valueHint: 'interaction', required: false },
    set: { type: 'string', description: '数目，几个用逗号隔开', valueHint: 'youths=5' },
    force: { type: 'string', description: '必须 或 建议', valueHint: '必须' },
    season: { type: 'string', description: '限时段的起止', valueHint: '07-10至08-20' },
    period: {
      type: 'string',
      description: `文件只写“定期”“经常”的，多久一次：${adjustablePeriods.map((period) => periodNames[period]).join('、')}`,
      valueHint: '学期',
    },
    kinds: { type: 'string', description: '算哪些工作', valueHint: '讲团课,志愿服务' },
    quarter: { type: 'string', description: '只改这个季度算哪些工作', valueHint: '2026-Q4' },
    reason: { type: 'string', description: '比上一级要求多的理由', valueHint: '…' },
    undo: { type: 'boolean', description: '取消这一项的全部调整' },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      const typed = args.requirement?.trim();
      if (typed === undefined) return list(tx, unit);
      const id = requirementMeant((await policyOfUnit(tx, unit.id)).policy, typed, unit.name);
      if (args.undo) {
        if (!(await dropAdjustments(tx, unit.id, id)))
          throw new InputError(`${unit.name} 没有调整过“${id.slice(0, 40)}”。`);
        say(`已取消：${unit.name}　${id}`);
        return sayVoid(tx);
      }
      const adjustment = adjustmentFrom(id, args);
      const others = ((await adjustments(tx, unit.id)).get(unit.id) ?? []).filter(
        (one) => one.requirement !== id || one.quarter !== adjustment.quarter,
      );
      const policy = await policyAbove(tx, unit.id);
      const result = adjustPolicy(policy, [...others, adjustment]);
      if (result.kind === 'refused') throw new InputError(result.faults.map((fault) => fault.say).join('\n'));
      await keepAdjustment(tx, unit.id, adjustment, Date.now());
      const changed = result.policy.requirements.find((one) => one.id === id);
      say(`${unit.name}（${policy.name}）：${changed ? lineOf(changed) : id}`);
      for (const line of raisedLines(result.policy)) say(`会给受约束的团干部看到：${line}`);
      return sayVoid(tx);
    }),
});

/** The id of a requirement, typed as such or by its Chinese name or an unmistakable part of it. */
function requirementMeant({ name, requirements }: Policy, typed: string, unit: string): string {
  if (requirements.some(({ id }) => id === typed)) return typed;
  const bare = (text: string) => text.replace(/[“”‘’\s]/gu, '');
  const named = requirements.filter((one) => [...typed].length > 1 && bare(one.name).includes(bare(typed)));
  const [only] = named;
  if (only && named.length === 1) return only.id;
  const may = named.map((one) => `${one.id}　${one.name}`).join('\n');
  throw new InputError(
    named.length > 1
      ? `“${typed.slice(0, 40)}”可能是这几项中的一项，请写编号：\n${may}`
      : `方案“${name}”里没有“${typed.slice(0, 40)}”这一项。不写哪一项就列出能调的：npx lianqing unit adjust ${/\s/u.test(unit) ? `"${unit}"` : unit}`,
  );
}

function adjustmentFrom(
  requirement: string,
  typed: {
    readonly set?: string | undefined;
    readonly force?: string | undefined;
    readonly season?: string | undefined;
    readonly period?: string | undefined;
    readonly kinds?: string | undefined;
    readonly quarter?: string | undefined;
    readonly reason?: string | undefined;
  },
): Adjustment {
  const parsed = adjustmentSchema.safeParse({
    requirement,
    threshold: typed.set === undefined ? undefined : numbersFrom(typed.set),
    force: typed.force === undefined ? undefined : forceFrom(typed.force),
    season: typed.season === undefined ? undefined : seasonFrom(typed.season),
    period: typed.period === undefined ? undefined : periodFrom(typed.period),
    evidence: typed.kinds === undefined ? undefined : kindsFrom(typed.kinds),
    quarter: typed.quarter,
    reason: typed.reason,
  });
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => faultWords[String(path[0])] ?? '写法');
    throw new InputError(`没看懂：${[...new Set(names)].join('；')}。`);
  }
  const { threshold, force, season, period, evidence, quarter } = parsed.data;
  if (!threshold && !force && !season && !period && !evidence)
    throw new InputError('要调什么？请至少写一项，例如：--set youths=5，或 --kinds 讲团课,志愿服务。');
  if (quarter !== undefined && !evidence)
    throw new InputError('--quarter 和 --kinds 一起用：这个季度算哪些工作。');
  return parsed.data;
}

const faultWords: Readonly<Record<string, string>> = {
  season: '时段写成 07-10至08-20',
  quarter: '季度写成 2026-Q4',
  reason: '理由写 1 到 300 字',
  threshold: '数目写成 youths=5',
};

function numbersFrom(typed: string): Record<string, number> {
  return Object.fromEntries(
    typed.split(/[,，]/u).map((part) => {
      const found = /^\s*([A-Za-z]+)\s*=\s*(\d{1,6})\s*$/u.exec(part);
      if (!found) throw new InputError(`“${part.trim().slice(0, 40)}”没看懂，数目请写成 youths=5 这样。`);
      return [found[1] ?? '', Number(found[2])];
    }),
  );
}

function forceFrom(typed: string): 'binding' | 'advice' {
  if (typed === '必须') return 'binding';
  if (typed === '建议') return 'advice';
  throw new InputError('--force 只能写 必须 或 建议。');
}

function periodFrom(typed: string): (typeof adjustablePeriods)[number] {
  const word = typed.trim().replace(/^每个?/u, '');
  const period = adjustablePeriods.find((one) => periodNames[one] === word);
  if (period) return period;
  throw new InputError(`--period 只能写 ${Object.values(periodNames).join('、')}。`);
}

function seasonFrom(typed: string): { from: string; to: string } {
  const found = /^(\d\d-\d\d)\s*(?:至|到|~|\.\.)\s*(\d\d-\d\d)$/u.exec(typed.trim());
  if (!found) throw new InputError('时段写成 07-10至08-20 这样。');
  return { from: found[1] ?? '', to: found[2] ?? '' };
}

function kindsFrom(typed: string): RecordKind[] {
  return typed.split(/[,，、]/u).map((part) => {
    const word = part.trim();
    const kind =
      asDeedKind(word) ??
      deedKindNames.find((one) => [deedKinds[one].name, ...deedKinds[one].words].includes(word));
    if (kind) return kind;
    const names = deedKindNames.map((one) => deedKinds[one].name).join('、');
    throw new InputError(`没有“${word.slice(0, 40)}”这一类工作，可以写：${names}。`);
  });
}

async function list(tx: Tx, unit: { readonly id: number; readonly name: string }): Promise<void> {
  const { policy } = await policyOfUnit(tx, unit.id);
  const own = (await adjustments(tx, unit.id)).get(unit.id) ?? [];
  say(`${unit.name}　制度：${policy.name}`);
  say('可以调的（调过的，下级不能再调）：');
  for (const requirement of policy.requirements)
    if (canChangePeriod(requirement) || (requirement.open ?? []).some((name) => name !== 'period'))
      say(`　${lineOf(requirement)}`);
  if (own.length > 0) say(`本级调过：${[...new Set(own.map(({ requirement }) => requirement))].join('、')}`);
  for (const line of raisedLines(policy)) say(`会给受约束的团干部看到：${line}`);
  return sayVoid(tx);
}

function lineOf(requirement: Requirement): string {
  const { id, name, threshold, open = [], force, season } = requirement;
  const numbers = Object.entries(threshold).map(([key, value]) => `${key}=${value}`);
  const unset = open.filter((key) => key === 'youths' && !(key in threshold)).map((key) => `${key}=未定`);
  const kinds = requirement.measure === 'records' ? requirement.evidence.map(recordName).join('、') : '';
  const quarters =
    requirement.measure === 'records'
      ? Object.entries(requirement.setEachQuarter ?? {}).map(
          ([quarter, some]) => `${quarter}：${some.map(recordName).join('、')}`,
        )
      : [];
  return [
    id,
    name,
    force === 'advice' ? '建议' : '必须',
    ...numbers,
    ...unset,
    ...(season ? [`${season.from}至${season.to}`] : []),
    ...periodOf(requirement),
    ...(kinds !== '' && open.includes('evidence') ? [`算：${kinds}`] : []),
    ...quarters,
  ].join('　');
}

/** How often, where that could be anybody's to set. */
function periodOf({ measure, period }: Requirement): readonly string[] {
  const named = adjustablePeriods.find((one) => one === period);
  return named && (measure === 'records' || measure === 'link') ? [`每${periodNames[named]}`] : [];
}

/** Says which stored adjustments hold no more, since a level above was changed. */
export async function sayVoid(tx: Tx): Promise<void> {
  const said = new Set<string>();
  for (const { id } of await tx.unit.findMany({ select: { id: true }, orderBy: { id: 'asc' } }))
    for (const fault of (await policyOfUnit(tx, id)).void) {
      const { name } = await tx.unit.findUniqueOrThrow({
        where: { id: fault.unitId },
        select: { name: true },
      });
      said.add(`不再有效：${name}　${fault.requirement}　${fault.say}`);
    }
  for (const line of said) say(line);
}
