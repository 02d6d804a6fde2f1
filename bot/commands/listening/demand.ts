/** 诉求: a youth's demand goes into the group's problem list and to its cadre (新疆 §四.4; 团中央 §四.3). */
import { z } from 'zod';
import { dayMs, dayOf } from '../../../domain/calendar/day.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { openDemand } from '../../../domain/listening/demand.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { addDemand, countSince, nextDemandNumber, sameDemand } from '../../../prisma/store/demands.ts';
import { text } from '../../dialogue/arguments.ts';
import { action, type Context, defineCommand, type Saying } from '../../dialogue/command.ts';
import { alarm, cutWhenDangerous, helpFor } from '../../dialogue/danger.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { notice, quietly, toStrangers } from '../../dialogue/say.ts';
import { recallLine } from '../people/recall.ts';
import { anonymousWords, filing } from './anonymous.ts';
import { demandCard } from './demand-cards.ts';
import { awaitPhotos, photoActions } from './demand-photos.ts';
import { twinsOf } from './twins.ts';

const longest = 1000;
/** The same words of danger, said again, are told to the cadre again once in this time; milliseconds. */
const toldAgainMs = 1_800_000;

export const demand = defineCommand({
  name: '诉求',
  aliases: ['反映', '求助'],
  summary: '说说困难、问题和建议，团干部会看到并答复',
  actions: [
    action({
      name: '',
      summary:
        '记进问题清单，只有本群团干部看得到内容；受理和答复我会私聊告诉你。不想让大家看见就私聊我发，不想让团干部知道是谁就用 /诉求 匿名',
      examples: ['/诉求 宿舍三楼的热水晚上总是断'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: z
        .string()
        .transform((typed) => cutWhenDangerous(typed, longest))
        .pipe(text('想反映什么？写在后面就行', longest)),
      confirm: false,
      urgent: soundsDangerous,
      run: async (context, { text: written }) => {
        const { db, group, person, now, secret, limits } = context;
        const cadre = await cadreOfGroup(db, group.id, dayOf(now));
        if (!cadre)
          throw new CommandFault(
            'no cadre to tell',
            '这个群还没有绑定团干部，暂时没人能受理。等团干部绑定后再发吧。',
          );
        const number = await nextDemandNumber(db, group.id);
        const urgent = soundsDangerous(written);
        const same = await sameDemand(db, group.id, person.id, written);
        if (same && urgent)
          return [
            ...(await answer(context, same.number, cadre.personId)),
            // Told again, but not in floods.
            {
              ...(await alarm(context, cadre.personId, group, same)),
              key: `danger/${same.id}/${Math.floor(now / toldAgainMs)}`,
            },
          ];
        if (same)
          return [
            quietly(
              context,
              `这件事已经记下了，是第 ${same.number} 号，有进展我会私聊告诉你。${toStrangers(context)}`,
            ),
          ];
        const opened = openDemand(number, written, now);
        if (opened.kind === 'fault') throw new CommandFault('no demand', opened.say);
        // A cry for help always gets through.
        if (!urgent && (await countSince(db, person.id, now - dayMs)) >= limits.demandsADay)
          throw new CommandFault(
            'too many in a day',
            `今天已经收到你 ${limits.demandsADay} 件事了，都会一件一件办。不急的，明天再说；急的，直接找团干部。`,
          );
        const twins = await twinsOf(context, written);
        const row = await addDemand(db, { groupId: group.id, askerId: person.id }, opened.demand);
        // The notice shows the cadre the text: that is the first reading of it.
        await recordAudit(db, secret.hash, {
          at: now,
          actor: `person:${person.id}`,
          action: 'demand.send',
          subject: `demand:${row.id}/cadre:${cadre.id}`,
        });
        if (urgent)
          return [
            ...(await answer(context, number, cadre.personId)),
            await alarm(context, cadre.personId, group, opened.demand),
          ];
        const isPrivate = context.chat.kind === 'private';
        if (isPrivate) await awaitPhotos(context, row);
        return [
          quietly(
            context,
            `${receipt(context, number)}${isPrivate ? '有照片的话，半小时内直接发给我就行。' : ''}${await recallLine(context)}`,
          ),
          notice(cadre.personId, demandCard(group, opened.demand, twins)),
        ];
      },
    }),
    filing(anonymousWords[0], anonymousWords.slice(1), '/诉求 匿名 宿舍三楼的热水晚上总是断'),
    ...photoActions,
  ],
});

/** To somebody in danger: the help lines privately; in a group that saw them ask, what everybody who asks is told. */
async function answer(context: Context, number: number, cadrePersonId: number): Promise<readonly Saying[]> {
  const private_ = await helpFor(context, { number, cadrePersonId });
  return context.chat.kind === 'group' && context.event.type === 'message'
    ? [private_, quietly(context, receipt(context, number))]
    : [private_];
}

function receipt(context: Context, number: number): string {
  return `收到，记为第 ${number} 号诉求，已告诉团干部。有进展我会私聊告诉你。${toStrangers(context)}`;
}
