/** 问题清单 季报, 上报, 课题: the quarter's list analysed, sent up by the cadre's own act, and what to study out of it. */
import { dayOf, formatDay, startOfDay } from '../../../domain/calendar/day.ts';
import { type Period, yearOf } from '../../../domain/calendar/period.ts';
import { quarterName } from '../../../domain/calendar/quarter-words.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { stageNames } from '../../../domain/listening/demand.ts';
import { researchSubjects } from '../../../domain/listening/research.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { entryRows } from '../../../prisma/store/entries.ts';
import { keepReport } from '../../../prisma/store/problem-reports.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, reply } from '../../dialogue/say.ts';
import { putQuestion } from '../../model/questions.ts';
import { oneLine } from '../../render/legible.ts';
import { quarterPaper } from '../../render/quarter-paper.ts';
import { quarterSheets } from '../../render/quarter-sheets.ts';
import { reportLines } from '../../render/quarter-words.ts';
import { auditDemand, type CadreHere } from './problem-steps.ts';
import { type QuarterList, quarterList, quarterTyped } from './quarter.ts';

export interface Wanted {
  readonly quarter: string;
  readonly word: string | undefined;
}

/** How much of the list a model is asked to sum up. */
const mostSummed = 100;
const longestEach = 60;

/** Only names need a yes: the ledger is for the cadre's own desk then, and no paper to hand on. */
export async function askForNames(
  context: CadreHere,
  { quarter, word }: Wanted,
): Promise<Question | undefined> {
  const period = quarterTyped(quarter, context.now);
  if (word === undefined) return undefined;
  return {
    text: `${quarterName(period)}的台账要带提出人的名字吗？只发给您一个人，这次会记进审计；带名字的表请不要外传，报送用不带名字的。`,
    yes: '带名字',
    no: '不要了',
  };
}

/** 季报: the figures, a Word paper fit to be sent up, and the Excel ledger, to the cadre alone. */
export async function report(context: CadreHere, { quarter, word }: Wanted): Promise<readonly Saying[]> {
  const { db, group, cadre, now } = context;
  const period = quarterTyped(quarter, now);
  const list = await quarterList(db, group.id, period, now);
  const { analysis, entries, rows } = list;
  if (rows.length === 0)
    return [
      reply(
        context,
        card(
          `问题清单季报　${quarterName(period)}`,
          `${reportLines(analysis).join('\n')}\n没有诉求也可以如实报：点“报给团组织”。`,
          [upButton(group.id, period)],
        ),
      ),
    ];
  const named = word !== undefined;
  const ids = rows.map(({ id }) => id).join(',');
  await auditDemand(context, named ? 'demand.export-named' : 'demand.export', `demands:${ids}`);
  const names = named
    ? await namesOf(
        db,
        rows.flatMap(({ askerId }) => askerId ?? []),
      )
    : undefined;
  const askers = new Map(rows.map(({ number, askerId }) => [number, askerId]));
  const called =
    names &&
    ((number: number) =>
      askers.get(number) === undefined
        ? '（匿名）'
        : oneLine(names.get(askers.get(number) ?? 0) ?? '') || '（没有名字）');
  const file = `${oneLine(group.name) || '本群'} ${period.key} 问题清单`.replace(/[\\/:*?"<>|]+/gu, ' ');
  const sayings = [
    reply(context, reportCard(list, group.id, period)),
    reply(context, {
      type: 'paper',
      name: `${file}分析报告.docx`,
      paper: quarterPaper(analysis, entries, { group: nameOf(group), cadre: cadre.name, unit: cadre.unit }),
    }),
    reply(context, {
      type: 'workbook',
      name: `${file}台账${named ? '（含姓名）' : ''}.xlsx`,
      sheets: quarterSheets(analysis, entries, called),
    }),
  ];
  const told = rows.filter(({ text, state }) => state !== 'merged' && !soundsDangerous(text));
  if (context.abilities.model && told.length > 0)
    await putQuestion(context, {
      purpose: 'problem-summary',
      data: {
        清单: told
          .slice(-mostSummed)
          .map(({ text }) => [...text.replace(/\s+/gu, ' ')].slice(0, longestEach).join('')),
      },
      rule: reportLines(analysis).join('\n'),
      groupId: group.id,
    });
  return sayings;
}

function reportCard({ analysis }: QuarterList, groupId: number, period: Period) {
  const common = analysis.common.map(
    ({ number, field, voices, text }) =>
      `第 ${number} 号（${field}，${voices} 人）${text === undefined ? '：还没问过能不能转报' : '：已同意转报'}`,
  );
  const ask = analysis.common.filter(
    ({ text, state }) => text === undefined && (state === 'open' || state === 'accepted'),
  );
  return card(
    `问题清单季报　${quarterName(period)}`,
    [
      ...reportLines(analysis),
      ...(common.length > 0 ? ['', '几个人都有的，建议向上反映：', ...common] : []),
      '',
      'Word 是报送稿，没有名字，提出人没同意转报的只有数目；Excel 台账是您自己看的，也没有名字。',
    ].join('\n'),
    [
      upButton(groupId, period),
      ...ask.slice(0, 3).map(({ number }) => ({
        label: `问第 ${number} 号能否转报`,
        command: `/问题清单 转报 群#${groupId} ${number}`,
      })),
      { label: '年度课题', command: `/问题清单 课题 群#${groupId}` },
    ],
  );
}

function upButton(groupId: number, period: Period) {
  return {
    label: '报给团组织',
    command: `/问题清单 上报 群#${groupId} ${period.key}`,
    style: 'primary' as const,
  };
}

/** What goes up, word for word, and a mark by which it is known to be the same when the yes comes. */
async function goingUp(context: CadreHere, quarter: string) {
  const { db, group, now, secret } = context;
  const period = quarterTyped(quarter, now);
  const { analysis, entries, rows } = await quarterList(db, group.id, period, now);
  const consented = rows.flatMap(({ id, number, consent, state }) => {
    const entry = entries.find((one) => one.number === number);
    return entry && consent === 'given' && state !== 'merged' ? [{ id, entry }] : [];
  });
  const lines = reportLines(analysis);
  const words = consented.map(
    ({ entry: { number, kind, field, text, state } }) =>
      `第 ${number} 号（${[kind, field].filter(Boolean).join(' · ')}，${stageNames[state]}）：${text}`,
  );
  const mark = secret.hash(`report/${group.id}/${period.key}/${JSON.stringify([lines, words])}`).slice(0, 12);
  return { period, analysis, consented, lines, words, mark };
}

/** Shows exactly what would go up. */
export async function askToSendUp(context: CadreHere, { quarter }: Wanted): Promise<Question> {
  const { period, lines, words, mark } = await goingUp(context, quarter);
  const { group, cadre } = context;
  const told =
    words.length > 0
      ? `提出人同意转报的 ${words.length} 件，报内容（不写名字）：\n${words.join('\n')}`
      : '没有提出人同意转报的具体问题，只报数目。';
  return {
    text: `把“${nameOf(group)}”${quarterName(period)}的问题清单报给${oneLine(cadre.unit)}？报上去的就是下面这些，没有别的：\n${lines.join('\n')}\n${told}`,
    keep: `${period.key} 核对${mark}`,
    yes: '报上去',
    no: '先不报',
  };
}

/** 上报: kept for the unit's administrators; it is the quarter's record of this duty (新疆 §四.4). */
export async function sendUp(context: CadreHere, { quarter, word }: Wanted): Promise<readonly Saying[]> {
  const { db, group, cadre, now } = context;
  const { period, analysis, consented, lines, mark } = await goingUp(context, quarter);
  if (word !== `核对${mark}`)
    throw new CommandFault(
      'the list changed meanwhile',
      `清单刚刚有了变化，请再看一遍报上去的内容：/问题清单 上报 ${period.key}`,
    );
  const { again } = await keepReport(db, {
    groupId: group.id,
    cadreId: cadre.id,
    quarter: period,
    day: Math.min(dayOf(now), period.to),
    at: now,
    body: {
      lines: [...lines],
      total: analysis.total,
      solved: analysis.solved,
      fields: [...analysis.fields],
      demands: consented.map(({ id }) => id),
    },
  });
  await auditDemand(
    context,
    'demand.report',
    `quarter:${period.key}/demands:${consented.map(({ id }) => id).join(',')}`,
  );
  return [
    reply(
      context,
      `${quarterName(period)}的问题清单${again ? '重新' : ''}报上去了（${formatDay(dayOf(now))}），${oneLine(cadre.unit)}的管理员用 /本单位 问题清单 看得到。之后有变化，可以再报，以最后一次为准；提出人撤回的，那边也跟着没有。`,
    ),
  ];
}

/** 课题: subjects for the year's research, out of counts alone. */
export async function subjects(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group, now } = context;
  const year = yearOf(dayOf(now));
  const rows = await entryRows(db, group.id, startOfDay(year.from));
  const found = researchSubjects(rows.filter(({ createdAt }) => createdAt >= startOfDay(year.from)));
  if (found.length === 0)
    return [
      reply(
        context,
        `${year.key} 年的问题清单还不够多，看不出集中在哪里：同一个领域有三件以上，我才提课题。题目也可以由您自己定。`,
      ),
    ];
  const lines = found.map(
    ({ title, field, count, voices, open, kind }, n) =>
      `${n + 1}. ${title}\n　依据：今年“${field}”${count} 件，${voices} 人次提出或同感，以${kind}为主，${open > 0 ? `还有 ${open} 件没有解决` : '都有了答复'}。`,
  );
  return [
    reply(
      context,
      card(
        `${year.key} 年课题建议`,
        `${lines.join('\n')}\n只用了数目，没有谁说的话。定哪一个、怎么研究，由您决定；最后形成调研报告。`,
        [{ label: '看制度原文', command: '/制度 原文 gqt-september/2' }],
      ),
    ),
  ];
}
