/** 公开说明 and 你说我办: what the group may read of a month's problem list. Nothing goes there but by the cadre's yes. */
import { dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { monthOf, type Period } from '../../../domain/calendar/period.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { withoutNames } from '../../../domain/listening/entry.ts';
import { type MonthReport, monthReport } from '../../../domain/listening/month.ts';
import { similarity } from '../../../domain/topics/similarity.ts';
import type { Db } from '../../../prisma/database.ts';
import { entryRows, setPublicNote } from '../../../prisma/store/entries.ts';
import { wasSaid } from '../../../prisma/store/outbox.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, post, reply } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { oneLine } from '../../render/legible.ts';
import { monthName, monthText } from '../../render/month-text.ts';
import { auditDemand, type CadreHere, findDemand } from './problem-steps.ts';
import { memberNames } from './quarter.ts';

/** In characters. */
export const longestNote = 60;
/** A note that shares so much with what the asker wrote is their words. */
const ownWords = 0.5;
const numbersShown = 10;

/** 公开说明: the cadre's own line on a demand, for everybody's eyes; or taken back. */
export async function publicNote(
  context: CadreHere,
  { number, text }: { readonly number: number; readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group } = context;
  const row = await findDemand(context, number);
  if (/^(?:不公开|删除|去掉|取消)[。.]?$/u.test(text)) {
    await setPublicNote(db, row.id, undefined);
    await auditDemand(context, 'demand.note', `demand:${row.id}`);
    return [reply(context, `第 ${number} 号的公开说明去掉了，“你说我办”里只算数目。`)];
  }
  if (row.state === 'withdrawn' || row.state === 'merged')
    throw new CommandFault(
      'nothing to tell',
      `第 ${number} 号已经${row.state === 'merged' ? '合并' : '撤回'}，不用公开说明。`,
    );
  if (soundsDangerous(row.text) || soundsDangerous(text))
    throw new CommandFault('a cry for help', `第 ${number} 号涉及人身安全，不在群里说。`);
  const line = oneLine(text);
  const names = await memberNames(db, group.id);
  if (withoutNames(line, names) !== line)
    throw new CommandFault(
      'a name in it',
      '里面好像有人名、电话或门牌，群里看得到，请换个说法，例如：三号楼的热水延长到 23:00 了。',
    );
  if (
    similarity(line, row.text) >= ownWords ||
    row.text.replace(/\s+/gu, '').includes(line.replace(/\s+/gu, ''))
  )
    throw new CommandFault(
      'the asker’s words',
      '这像是对方的原话，大家可能认出是谁。请用您自己的话，说说办成了什么。',
    );
  await setPublicNote(db, row.id, line);
  await auditDemand(context, 'demand.note', `demand:${row.id}`);
  return [
    reply(
      context,
      card('公开说明记下了', `第 ${number} 号：${line}\n下次“你说我办”会写上这一句，发之前还会先给您看。`, [
        { label: '看看这个月的', command: `/问题清单 你说我办 群#${group.id}` },
      ]),
    ),
  ];
}

/** What a group may read of a month; undefined where there was nothing. */
export async function monthOfGroup(db: Db, groupId: number, month: Period): Promise<MonthReport | undefined> {
  return monthReport(await entryRows(db, groupId, startOfDay(month.from)), month);
}

/** The month that is spoken of on a day: the last one, whole. */
export function monthToTell(now: number): Period {
  return monthOf(monthOf(dayOf(now)).from - 1);
}

/** The key of a month's card in a group: it cannot be there twice. */
export function monthKey(groupId: number, month: string): string {
  return `month/${groupId}/${month}`;
}

/** The card as its cadre sees it first, privately, with what is to be pressed. */
function monthProposal(group: { readonly id: number; readonly name: string }, report: MonthReport): Draft {
  const missing = report.without.slice(0, numbersShown);
  const [first] = missing;
  const more =
    first === undefined
      ? ''
      : `\n\n第 ${missing.join('、')} 号办了，还没有公开说明，卡片里只算数目。想让大家知道办成了什么，发 /问题清单 公开说明 ${first} 加一句您自己的话（不写人，不抄原话），再看一遍。`;
  return card(
    `${monthName(report.month)}的“你说我办”，发到“${nameOf(group)}”吗？`,
    `${monthText(report)}${more}\n\n您不发，就不会到群里。`,
    [
      { label: '发到群里', command: `/问题清单 你说我办 群#${group.id} 发布`, style: 'primary' },
      { label: '再看一遍', command: `/问题清单 你说我办 群#${group.id}` },
    ],
  );
}

/** 你说我办: shows last month's card, or posts it into the group, once. */
export async function monthCard(
  context: CadreHere,
  { word }: { readonly word: string },
): Promise<readonly Saying[]> {
  const { group } = context;
  const report = await reportToTell(context);
  if (word === '') return [reply(context, monthProposal(group, report))];
  await auditDemand(context, 'demand.month', `group:${group.id}/month:${report.month}`);
  // Which entries have no note is the cadre's alone to know.
  const shown: MonthReport = { ...report, without: [] };
  return [
    post(group.id, { type: 'month', report: shown }, { key: monthKey(group.id, report.month) }),
    reply(context, `${monthName(report.month)}的“你说我办”发到“${nameOf(group)}”了。`),
  ];
}

/** Asks before it is posted, with every word of it. */
export async function askToPost(
  context: CadreHere,
  { word }: { readonly word: string },
): Promise<Question | undefined> {
  if (word === '') return undefined;
  const report = await reportToTell(context);
  return {
    text: `这张卡片发到“${nameOf(context.group)}”吗？\n${monthText(report)}`,
    yes: '发',
    no: '先不发',
  };
}

async function reportToTell({ db, group, now }: CadreHere): Promise<MonthReport> {
  const month = monthToTell(now);
  if (await wasSaid(db, monthKey(group.id, month.key)))
    throw new CommandFault(
      'told before',
      `${monthName(month.key)}的“你说我办”已经发过了，一个月一次。这个月的，下月初再发。`,
    );
  const report = await monthOfGroup(db, group.id, month);
  if (!report)
    throw new CommandFault('nothing to tell', `${monthName(month.key)}没有收到诉求，也没有办结的，不用发。`);
  return report;
}
