/** 认群: a cadre says which of their groups one is, after a login at which the platform gave all groups new ids. */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { groupsLedBy } from '../../../prisma/store/cadres.ts';
import { joinGroups, takeAsNew } from '../../../prisma/store/joining-groups.ts';
import { unmatchedGroupsOf } from '../../../prisma/store/looks.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { reply } from '../../dialogue/say.ts';
import { whichGroup } from '../../dialogue/which-group.ts';

const numbers = z.string().transform((typed, context) => {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return undefined;
  const read = /^(\d{1,9})\s+(\d{1,9})$/.exec(text);
  if (read) return { group: Number(read[1]), known: Number(read[2]) };
  context.addIssue({ code: 'custom', message: '请直接发 /认群，再按列出来的选' });
  return z.NEVER;
});

export const recogniseGroup = defineCommand({
  name: '认群',
  aliases: ['认一下群'],
  summary: '机器人重新登录微信后，告诉它哪个群是您原来的群',
  actions: [
    action({
      name: '',
      summary: '列出没认准的群；按数字选一个，之前的数字就接上了',
      examples: ['/认群'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: numbers,
      confirm: false,
      run: async (context, chosen) => {
        const { db, accountId, person, now, secret } = context;
        // Their own only: groups that they sit in, and groups that they lead.
        const led = new Map((await groupsLedBy(db, person.id, dayOf(now))).map((group) => [group.id, group]));
        const groups = (await unmatchedGroupsOf(db, accountId, person.id)).map((group) => ({
          ...group,
          candidates: group.candidates.filter(({ id }) => led.has(id)),
        }));
        if (!chosen) {
          if (groups.length === 0) return [reply(context, '您的群我都认得，没有要您认的。')];
          return groups.map((group) => reply(context, whichGroup(group)));
        }
        const group = groups.find(({ id }) => id === chosen.group);
        if (!group)
          throw new CommandFault(
            'no such unmatched group',
            '这个群已经认好了，或者您不在里面。发 /认群 看看还有哪些',
          );
        if (chosen.known === 0) {
          await takeAsNew(db, group.id);
          return [reply(context, `好的，“${nameOf(group)}”当作新的群。要由您联系它，请在群里发 /绑定。`)];
        }
        const known = group.candidates.find(({ id }) => id === chosen.known);
        if (!known)
          throw new CommandFault(
            'not a group of theirs',
            '只能认成您自己联系的、还没认出来的群。发 /认群 看看有哪些',
          );
        await joinGroups(db, group.id, known.id);
        await recordAudit(db, secret.hash, {
          at: now,
          actor: `person:${person.id}`,
          action: 'group.recognise',
          subject: `group:${known.id}`,
        });
        return [reply(context, `认好了，“${nameOf(group)}”就是原来的群，之前的数字都接上了。`)];
      },
    }),
  ],
});
