/** `lianqing cadre …`: cadres, their kind and the branch and club linked with them (1+1+1). */
import { defineCommand } from 'citty';
import { formatDay } from '../../domain/calendar/day.ts';
import {
  type ExemptTerm,
  endedExemption,
  readExemption,
  writeExemption,
} from '../../domain/units/exemption.ts';
import {
  asCadreKind,
  asExemption,
  type CadreKind,
  cadreKinds,
  exemptions,
  unitsWithin,
} from '../../domain/units/unit.ts';
import { type CadreProfile, cadreProfiles, createCadre, describeCadre } from '../../prisma/store/cadres.ts';
import { allUnits } from '../../prisma/store/units.ts';
import {
  botToday,
  dayFromTyped,
  inDatabase,
  issuing,
  nameFrom,
  sayCode,
  unitNamed,
  unitsLike,
} from './store.ts';
import { InputError, say } from './terminal.ts';

const nameArgument = { type: 'positional', description: '姓名', valueHint: '张晓', required: true } as const;
const unitOption = {
  type: 'string',
  description: '所在团组织',
  valueHint: '某某学院团委',
  required: true,
} as const;
const kindOption = {
  type: 'string',
  description: `类别：${Object.values(cadreKinds).join('、')}`,
  valueHint: '专职',
} as const;

export const cadreAdd = defineCommand({
  meta: { name: 'add', description: '登记一位团干部，打印一次性绑定码；不写类别就是专职' },
  args: { name: nameArgument, unit: unitOption, kind: kindOption },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const [name, typed] = [args.name.trim(), args.unit.trim()];
      if (!name || !typed)
        throw new InputError('请写明姓名和团组织，例如：npx lianqing cadre add 张晓 --unit 某某学院团委');
      const { same, alike } = await unitsLike(tx, nameFrom(typed, '团组织'));
      // A slip of the finger is no new unit.
      if (!same && alike !== undefined)
        throw new InputError(
          `没有登记过“${typed}”。是不是“${alike}”？真是新的一个，先运行 npx lianqing unit add 登记它。`,
        );
      const unit = same?.name ?? typed;
      const given = await issuing();
      const { code, known } = await createCadre(tx, {
        name: nameFrom(name, '姓名'),
        unit: nameFrom(unit, '团组织'),
        kind: kindFrom(args.kind),
        ...given,
      });
      if (!same) say(`新登记了团组织“${unit}”，在最上面一级；要放到别的之下，用 npx lianqing unit move。`);
      if (known === 'no') say(`已登记：${unit} ${name}`);
      else say(`${unit} ${name} 已经登记过，这是一个新的绑定码（旧码作废）。`);
      if (known === 'proved') say('注意：这位团干部已经绑定过账号；新码一旦使用，就改绑到使用它的那个账号。');
      sayCode(code, given, '在自己的群里发');
    }),
});

export const cadreSet = defineCommand({
  meta: {
    name: 'set',
    description: '改一位团干部的类别、是不是机关干部、联系的团支部和社团、豁免；没写的不变',
  },
  args: {
    name: nameArgument,
    unit: unitOption,
    kind: kindOption,
    branch: { type: 'string', description: '联系的团支部', valueHint: '计科2班团支部' },
    club: { type: 'string', description: '联系的社团', valueHint: '摄影社' },
    organ: {
      type: 'string',
      description: '是不是机关干部（在县级以上团的领导机关工作）：是、否',
      valueHint: '是',
    },
    exempt: {
      type: 'string',
      description: '按问答 9 可以豁免的原因；写“否”就到昨天为止',
      valueHint: '借调在外',
    },
    from: { type: 'string', description: '从哪天起豁免，不写就是今天', valueHint: '2026-09-01' },
    until: { type: 'string', description: '豁免到哪天，不写就一直到取消', valueHint: '2027-02-28' },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.unit);
      const name = nameFrom(args.name, '姓名');
      const cadre = await tx.cadre.findFirst({
        where: { name, unitId: unit.id },
        select: { id: true, exempt: true },
      });
      if (!cadre) throw new InputError(`${unit.name} 没有登记过 ${name}，用 npx lianqing cadre list 看看。`);
      const said = {
        kind: kindFrom(args.kind),
        branch: args.branch === undefined ? undefined : nameFrom(args.branch, '团支部'),
        club: args.club === undefined ? undefined : nameFrom(args.club, '社团'),
        organ: organFrom(args.organ),
        exempt: exemptFrom(args, readExemption(cadre.exempt)),
      };
      if (Object.values(said).every((value) => value === undefined))
        throw new InputError('要改什么？请至少写一项，例如：--kind 挂职，或 --branch 计科2班团支部。');
      await describeCadre(tx, cadre.id, said);
      const [now] = (await cadreProfiles(tx, [unit.id])).filter(({ id }) => id === cadre.id);
      if (now) say(lineOf(now));
    }),
});

export const cadreList = defineCommand({
  meta: { name: 'list', description: '列出团干部：类别、联系的团支部和社团、是否已经认证' },
  args: { unit: { ...unitOption, required: false, description: '只列这个团组织和它的下级' } },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = args.unit === undefined ? undefined : await unitNamed(tx, args.unit);
      const cadres = await cadreProfiles(tx, unit && [...unitsWithin(await allUnits(tx), unit.id)]);
      for (const cadre of cadres) say(lineOf(cadre));
      if (cadres.length === 0) say('还没有登记团干部：npx lianqing cadre add 张晓 --unit 某某学院团委');
    }),
});

function kindFrom(typed: string | undefined): CadreKind | undefined {
  const kind = typed === undefined ? undefined : asCadreKind(typed);
  if (typed !== undefined && kind === undefined)
    throw new InputError(`类别只能是${Object.values(cadreKinds).join('、')}。`);
  return kind;
}

function organFrom(typed: string | undefined): boolean | undefined {
  const word = typed?.trim();
  if (word !== undefined && word !== '是' && word !== '否')
    throw new InputError('--organ 请写“是”或“否”：是不是机关干部。');
  return word === undefined ? undefined : word === '是';
}

/** The exemption as it is to be stored; null: there is none; undefined: it stays as it is. */
function exemptFrom(
  typed: {
    readonly exempt?: string | undefined;
    readonly from?: string | undefined;
    readonly until?: string | undefined;
  },
  now: ExemptTerm | undefined,
): string | null | undefined {
  const today = botToday();
  if (typed.exempt?.trim() === '否') {
    const ended = now && endedExemption(now, today);
    return ended ? writeExemption(ended) : null;
  }
  if (typed.exempt === undefined && typed.from === undefined && typed.until === undefined) return undefined;
  const reason = typed.exempt === undefined ? now?.reason : asExemption(typed.exempt);
  if (!reason)
    throw new InputError(
      typed.exempt === undefined
        ? '没有豁免，就没有起止的日子；请先写原因：--exempt 休产假。'
        : `按问答 9，经本级团组织主要负责人批准可以豁免的只有：${Object.values(exemptions).join('、')}。`,
    );
  const kept = typed.exempt === undefined ? now : undefined;
  const from = typed.from === undefined ? (kept?.from ?? today) : dayFromTyped(typed.from);
  const until = typed.until === undefined ? kept?.until : dayFromTyped(typed.until);
  if (until !== undefined && until < from) throw new InputError('豁免的最后一天不能早于第一天。');
  return writeExemption({ reason, from, until });
}

function lineOf(cadre: CadreProfile): string {
  const exempt = readExemption(cadre.exempt ?? null);
  return [
    `${cadre.unit} ${cadre.name}`,
    cadreKinds[cadre.kind],
    ...(cadre.organ ? ['机关干部'] : []),
    `团支部：${cadre.branch || '未定'}`,
    `社团：${cadre.club || '未定'}`,
    cadre.proved ? '已认证' : '未认证',
    ...(exempt ? [exemptionOf(exempt)] : []),
  ].join('　');
}

function exemptionOf({ reason, from, until }: ExemptTerm): string {
  const days = [
    ...(Number.isFinite(from) ? [`${formatDay(from)} 起`] : []),
    ...(until === undefined ? [] : [`${formatDay(until)} 止`]),
  ].join('，');
  return `豁免：${exemptions[reason]}${days === '' ? '' : `（${days}）`}`;
}
