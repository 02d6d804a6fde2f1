/** 群主: whether the group of a hundred is the cadre's own (新疆 §四.2), where the platform does not tell. */
import { sayOwner } from '../../../prisma/store/owners.ts';
import { oneOf } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { reply } from '../../dialogue/say.ts';

export const owner = defineCommand({
  name: '群主',
  aliases: [],
  summary: '说明这个群的群主是不是您',
  actions: [
    action({
      name: '',
      summary: '平台不告诉机器人群主是谁时，由您说一声；平台说了的以平台为准',
      examples: ['/群主 是', '/群主 不是'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: oneOf(['是', '不是'], '请写“是”或“不是”，例如：/群主 是'),
      confirm: false,
      run: async (context, { word }) => {
        const { db, group, person } = context;
        const held = await sayOwner(db, group.id, person.id, word === '是');
        const name = nameOf(group);
        if (held === 'reported-own') return [reply(context, `平台上看，“${name}”的群主就是您，不用再说。`)];
        if (held === 'reported-other')
          return [
            reply(
              context,
              `平台上看，“${name}”的群主现在是别人，以平台为准。转让给您以后，第二天这里就跟着改。`,
            ),
          ];
        return [
          reply(
            context,
            word === '是'
              ? `记下了：“${name}”的群主是您（凭您自己说的）。改口就发 /群主 不是。`
              : `记下了：“${name}”的群主还不是您。转让给您以后，发 /群主 是。`,
          ),
        ];
      },
    }),
  ],
});
