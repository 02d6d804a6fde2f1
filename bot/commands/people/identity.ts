/** 亮身份: the cadre shows the group who they are, as “共青团+某委+姓名” (团中央 §四.1; 新疆 §四.2). */
import { recordAudit } from '../../../prisma/store/audit.ts';
import { showedIdentity } from '../../../prisma/store/cadres.ts';
import { nothing } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, post, reply } from '../../dialogue/say.ts';

export const identity = defineCommand({
  name: '亮身份',
  aliases: ['身份'],
  summary: '在群里亮出团干部身份',
  actions: [
    action({
      name: '',
      summary: '在群里发一张身份卡：您的团组织、姓名，以及大家怎么找您',
      examples: ['/亮身份'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, cadre, group, chat, now, person, secret } = context;
        await showedIdentity(db, cadre.id, now);
        await recordAudit(db, secret.hash, {
          at: now,
          actor: `person:${person.id}`,
          action: 'cadre.identity',
          subject: `group:${group.id}`,
        });
        const shown = post(
          group.id,
          card(
            identityOf(cadre),
            `大家好，我是${cadre.name}，本群的团干部。\n学习、生活、就业上有困难或建议，随时在群里说；不想让大家看见，就私聊联青发 /诉求 加内容，只有我看得到。件件有回音。`,
          ),
        );
        return chat.kind === 'group' ? [shown] : [shown, reply(context, `身份卡已发到“${nameOf(group)}”。`)];
      },
    }),
  ],
});

/** “共青团+某委+姓名”. */
function identityOf({ unit, name }: { readonly unit: string; readonly name: string }): string {
  return `${unit.startsWith('共青团') ? '' : '共青团'}${unit} ${name}`;
}
