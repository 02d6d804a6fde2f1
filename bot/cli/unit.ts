/** `lianqing unit …`: the tree of units, their policy profile and semester dates. */
import { defineCommand } from 'citty';
import { formatDay } from '../../domain/calendar/day.ts';
import { gradeNames } from '../../domain/deeds/kinds.ts';
import { profileNamed } from '../../domain/policy/effective.ts';
import { defaultProfile, profiles } from '../../domain/policy/profiles/profiles.ts';
import { profileOf, semesterFault, semestersOf, type Unit, usualSemester } from '../../domain/units/unit.ts';
import { addUnit, allUnits, chooseProfile, moveUnit, setSemester } from '../../prisma/store/units.ts';
import { botToday, dayFromTyped, inDatabase, nameFrom, unitNamed } from './store.ts';
import { InputError, say } from './terminal.ts';
import { sayVoid } from './unit-adjust.ts';

const unitArgument = {
  type: 'positional',
  description: '团组织',
  valueHint: '某某学院团委',
  required: true,
} as const;
const aboveOption = { type: 'string', description: '上级团组织', valueHint: '某某大学团委' } as const;

export const unitAdd = defineCommand({
  meta: { name: 'add', description: '登记一个团组织；不写上级就是最上面一级' },
  args: { name: unitArgument, under: aboveOption },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const name = nameFrom(args.name, '团组织');
      const above = args.under === undefined ? undefined : await unitNamed(tx, args.under);
      if (!(await addUnit(tx, name, above?.id)))
        throw new InputError(`“${name}”已经登记过了；要换上级请用 npx lianqing unit move。`);
      say(above ? `已登记：${above.name} → ${name}` : `已登记：${name}`);
    }),
});

export const unitMove = defineCommand({
  meta: { name: 'move', description: '把一个团组织（连同下级）移到另一个上级之下；不写上级就移到最上面' },
  args: { name: unitArgument, under: aboveOption },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      const above = args.under === undefined ? undefined : await unitNamed(tx, args.under);
      if (!(await moveUnit(tx, unit.id, above?.id, botToday())))
        throw new InputError('不能移到自己或自己的下级之下，请换一个上级。');
      say(above ? `已移动：${above.name} → ${unit.name}` : `已移动：${unit.name} 现在在最上面一级`);
    }),
});

/** Which profile a unit goes by, and whose choice it is. */
function sayProfile(
  units: readonly Unit[],
  { id, name }: { readonly id: number; readonly name: string },
): void {
  const own = units.find((unit) => unit.id === id)?.profile;
  const profile = profileNamed(profileOf(units, id) ?? '') ?? defaultProfile;
  const whose = own === undefined ? (profileOf(units, id) === undefined ? '缺省' : '随上级') : '本级选的';
  say(`${name}：${profile.id}　${profile.name}（${whose}）。可以用的有：\n${profileList}`);
}

const profileList = profiles.map(({ id, name }) => `${id}　${name}`).join('\n');

export const unitProfile = defineCommand({
  meta: {
    name: 'profile',
    description: `选定一个团组织用哪一份制度：${profiles.map(({ id, name }) => `${id} ${name}`).join('、')}；写“随上级”就跟上级走，最上面的缺省用 ${defaultProfile.id}；不写就看看现在的`,
  },
  args: {
    name: unitArgument,
    profile: { type: 'positional', description: '制度的编号', valueHint: 'xinjiang', required: false },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      const typed = args.profile?.trim();
      if (typed === undefined) return sayProfile(await allUnits(tx), unit);
      const follows = typed === '随上级';
      const named = profiles.filter(({ name }) => [...typed].length > 1 && name.includes(typed));
      const profile = profileNamed(typed) ?? (named.length === 1 ? named[0] : undefined);
      if (!follows && !profile)
        throw new InputError(`没有“${typed.slice(0, 40)}”这份制度。可以用的有：\n${profileList}`);
      await chooseProfile(tx, unit.id, profile?.id, botToday());
      say(
        profile
          ? `${unit.name}：用 ${profile.id} 这份制度（${profile.name}）`
          : `${unit.name}：跟上级用同一份制度`,
      );
      await sayVoid(tx);
    }),
});

export const unitSemester = defineCommand({
  meta: { name: 'semester', description: '设定一个学期的起止日期，对它和没有另设的下级都有效' },
  args: {
    name: unitArgument,
    semester: { type: 'positional', description: '学期', valueHint: '2026-autumn', required: true },
    from: { type: 'positional', description: '第一天', valueHint: '2026-08-31', required: true },
    to: { type: 'positional', description: '最后一天', valueHint: '2027-01-17', required: true },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      const usual = usualSemester(args.semester);
      if (!usual) throw new InputError('学期写成 2026-autumn（秋季）或 2027-spring（春季）。');
      const [from, to] = [dayFromTyped(args.from), dayFromTyped(args.to)];
      const semester = { key: usual.key, from, to };
      const fault = semesterFault(semester, semestersOf(await allUnits(tx), unit.id), usual.from);
      if (fault !== undefined) throw new InputError(fault);
      await setSemester(tx, unit.id, semester);
      say(`${unit.name}：${usual.key} 学期 ${formatDay(from)} 至 ${formatDay(to)}`);
    }),
});

export const unitList = defineCommand({
  meta: { name: 'list', description: '列出全部团组织，和各自用的制度、学期' },
  run: () =>
    inDatabase(async (tx) => {
      const units = await allUnits(tx);
      if (units.length === 0) say('还没有登记团组织：npx lianqing unit add 某某大学团委');
      for (const unit of units) if (unit.parentId === undefined) showTree(units, unit, 0);
    }),
});

function showTree(units: readonly Unit[], unit: Unit, depth: number): void {
  const profile = unit.profile ?? (depth === 0 ? undefined : profileOf(units, unit.id));
  const notes = [
    profile === undefined
      ? `制度：缺省（${defaultProfile.id}）`
      : `制度：${profile}${unit.profile === undefined ? '（随上级）' : ''}`,
    ...(unit.manyYouths === undefined ? [] : [`团员青年：${unit.manyYouths ? '多' : '不多'}`]),
    ...(unit.evidence === undefined ? [] : [`佐证：${gradeNames[unit.evidence]}起算`]),
    ...unit.semesters.map(({ key, from, to }) => `${key} ${formatDay(from)} 至 ${formatDay(to)}`),
  ];
  say(`${'　'.repeat(depth)}${unit.name}　${notes.join('，')}`);
  for (const child of units) if (child.parentId === unit.id) showTree(units, child, depth + 1);
}
