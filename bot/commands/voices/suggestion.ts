/** 建议: a suggestion to the cadre or the League, which is a demand of the kind 意见建议 and is answered like any (滁州 附件2). */

import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { classify, sameDemand } from '../../../prisma/store/demands.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { demand } from '../listening/demand.ts';
import { heardText } from './cry-instead.ts';

const longest = 1000;

export const suggestion = defineCommand({
  name: '建议',
  aliases: ['提建议', '意见', '意见建议'],
  summary: '给团干部和团组织提个建议，会有答复',
  actions: [
    action({
      name: '',
      summary: '记进问题清单的“意见建议”，只有本群团干部看得到内容，和诉求一样有编号、有答复',
      examples: ['/建议 团日活动能不能放在周末下午'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: heardText('有什么建议？写在后面就行', longest),
      confirm: false,
      urgent: soundsDangerous,
      run: async (context, { text: written }) => {
        refuseNameless(written);
        const { db, group, person } = context;
        const bring = demand.actions.find(({ name }) => name === '');
        const said = (await bring?.run(context, written)) ?? [];
        const row = await sameDemand(db, group.id, person.id, written);
        if (row && row.kind === undefined && !soundsDangerous(written))
          await classify(db, row.id, { kind: '意见建议', field: undefined });
        return said;
      },
    }),
  ],
});

/** Who asks to stay nameless must not be filed by name: they are told where that is possible. Throws {@link CommandFault}. */
export function refuseNameless(written: string): void {
  if (/^匿名(?![\p{Script=Han}])/u.test(written))
    throw new CommandFault(
      'nameless elsewhere',
      '想匿名说，请私聊我发 /诉求 匿名 加内容；刚才这一条没有记。',
    );
}
