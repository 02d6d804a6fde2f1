/** 我的诉求: what became of what one has asked for. */
import { stageNames } from '../../domain/listening/demand.ts';
import { type DemandRow, demandsOfAsker } from '../../prisma/store/demands.ts';
import { nothing } from './arguments.ts';
import { action, defineCommand } from './command.ts';
import { nameOf } from './place.ts';
import { card, reply } from './say.ts';

const shownAtMost = 10;
const longestShown = 60;

export const myDemands = defineCommand({
  name: '我的诉求',
  aliases: [],
  summary: '看看自己提过的诉求办到哪一步了',
  actions: [
    action({
      name: '',
      summary: '列出自己最近提的诉求，和团干部的答复；只在私聊里显示',
      examples: ['/我的诉求'],
      who: 'youth',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const rows = await demandsOfAsker(context.db, context.person.id, shownAtMost);
        if (rows.length === 0)
          return [reply(context, '你还没有提过诉求。有困难或建议，发 /诉求 加内容就行。')];
        return [reply(context, card('你最近的诉求', rows.map(line).join('\n\n')))];
      },
    }),
  ],
});

function line(row: DemandRow & { readonly group: string }): string {
  const text = [...row.text];
  const shown = text.length > longestShown ? `${text.slice(0, longestShown).join('')}…` : row.text;
  const answer = row.reply === undefined ? '' : `\n答复：${row.reply}`;
  const where = nameOf({ id: row.groupId, name: row.group });
  return `第 ${row.number} 号（${where}）${stageNames[row.state]}：${shown}${answer}`;
}
