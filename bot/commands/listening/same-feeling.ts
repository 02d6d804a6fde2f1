/** 同感: instead of asking for the same thing once more. */
import { inHand } from '../../../domain/listening/demand.ts';
import { personOf } from '../../../prisma/store/demand-rows.ts';
import { support } from '../../../prisma/store/demand-waiting.ts';
import { demandNumbered } from '../../../prisma/store/demands.ts';
import { number } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { quietly } from '../../dialogue/say.ts';

export const sameFeeling = defineCommand({
  name: '同感',
  aliases: ['我也是'],
  summary: '别人提过的事，我也遇到了',
  actions: [
    action({
      name: '',
      summary: '写上诉求编号：团干部只看到多少人同感，有答复你也会收到',
      examples: ['/同感 3'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: number('请写诉求的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const { db, group, person } = context;
        const row = await demandNumbered(db, group.id, wanted.number);
        if (!row || !inHand.includes(row.state))
          throw new CommandFault(
            'nothing to agree with',
            `第 ${wanted.number} 号现在没有在办。想说的事，直接发 /诉求 就行。`,
          );
        if (personOf(row) === person.id)
          throw new CommandFault('one’s own', `第 ${wanted.number} 号就是你提的，团干部已经知道了。`);
        const noted = (await support(db, row.id, person.id)) ? '记下了' : '已经记过了';
        return [
          quietly(
            context,
            `${noted}，第 ${row.number} 号有答复，你也会收到。不想关心了，发 /我的 撤回 ${row.number}。`,
          ),
        ];
      },
    }),
  ],
});
