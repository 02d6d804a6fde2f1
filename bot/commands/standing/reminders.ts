/** 提醒: what a cadre or an administrator is reminded of, and how to be reminded less. */
import { z } from 'zod';
import { defaultProfile } from '../../../domain/policy/profiles/profiles.ts';
import { usualPerWeek } from '../../../domain/reminders/budget.ts';
import { clockOf, readHour } from '../../../domain/reminders/hour.ts';
import { everything, mute, mutesOf, unmute } from '../../../prisma/store/mutes.ts';
import { chooseReminders } from '../../../prisma/store/reminder-settings.ts';
import { number, oneOf } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { choices, idOf, nameOfOne, type Officer, type Role, remindedOf, rolesFor } from './reminded.ts';
import { overview } from './reminders-card.ts';

const which = oneOf(
  choices,
  `请写 ${remindedOf(defaultProfile, 'cadre')
    .map(({ short }) => short)
    .join('、')} 或 全部`,
);

/** Nothing, or an hour. */
const hour = z.string().transform((typed, issues): { readonly minute: number | undefined } => {
  if (typed.trim() === '') return { minute: undefined };
  const read = readHour(typed);
  if (read.kind === 'minute') return read;
  issues.addIssue({ code: 'custom', message: read.say });
  return z.NEVER;
});

const howMany = '请写一周最多几条，比如 3；一条都不要，请发 /提醒 静音 全部';
const weekly = number(howMany).refine((read) => read.number > 0, howMany);

export const reminders = defineCommand({
  name: '提醒',
  aliases: ['提醒设置'],
  summary: '看看会提醒您什么，静音或恢复',
  actions: [
    action({
      name: '',
      summary: '看看会提醒什么、静音了什么、本周发了几条；写一个时间，就改到那时提醒（17:00 到 21:30）',
      examples: ['/提醒', '/提醒 20:30'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: hour,
      confirm: false,
      run: async (context, { minute }) => {
        if (minute === undefined) return [await overview(context)];
        await chooseReminders(context.db, context.person.id, { minute });
        return [await overview(context, `好的，以后 ${clockOf(minute)} 提醒。`)];
      },
    }),
    action({
      name: '每周',
      aliases: ['一周'],
      summary: '一周最多主动发您几条；答您的话从不算在里面',
      examples: ['/提醒 每周 3'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: weekly,
      confirm: false,
      run: async (context, { number: most }) => {
        const perWeek = context.remindersPerWeek ?? usualPerWeek;
        if (most > perWeek)
          throw new CommandFault(
            'more than allowed',
            `一周最多 ${perWeek} 条，这是上限。想少一些，写小一点的数。`,
          );
        await chooseReminders(context.db, context.person.id, { weekly: most });
        return [await overview(context, `好的，一周最多主动发您 ${most} 条。`)];
      },
    }),
    action({
      name: '静音',
      aliases: ['关闭'],
      summary: '不再提醒一项，或全部',
      examples: ['/提醒 静音 话题', '/提醒 静音 全部'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        const roles = await rolesFor(context, word);
        for (const { whose } of roles) await mute(context.db, whose, idOf(word));
        return [
          await overview(
            context,
            word === '全部' ? '好的，都不提醒了。' : `好的，不再提醒“${nameOfOne(word, roles)}”。`,
          ),
        ];
      },
    }),
    action({
      name: '恢复',
      aliases: ['打开'],
      summary: '重新提醒一项，或全部',
      examples: ['/提醒 恢复 话题', '/提醒 恢复 全部'],
      who: 'officer',
      where: 'private',
      about: 'person',
      arguments: which,
      confirm: false,
      run: async (context, { word }) => {
        const roles = await rolesFor(context, word);
        for (const role of roles) await restore(context, role, idOf(word));
        return [
          await overview(
            context,
            word === '全部' ? '好的，都恢复了。' : `好的，恢复提醒“${nameOfOne(word, roles)}”。`,
          ),
        ];
      },
    }),
  ],
});

/** Restoring one while all are muted leaves the others muted. */
async function restore({ db, now }: Officer, { whose, reminded }: Role, id: string): Promise<void> {
  const all = (await mutesOf(db, whose, now)).some(({ requirement }) => requirement === everything);
  await unmute(db, whose, all ? everything : id);
  if (all && id !== everything)
    for (const other of reminded) if (other.id !== id) await mute(db, whose, other.id);
}
