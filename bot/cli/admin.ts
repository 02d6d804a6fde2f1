import { defineCommand } from 'citty';
import { createAdministrator } from '../../prisma/store/administrators.ts';
import { inDatabase, issuing, nameFrom, sayCode, unitNamed } from './store.ts';
import { say } from './terminal.ts';

export const adminAdd = defineCommand({
  meta: { name: 'add', description: '登记一位团组织管理员（组织部），打印一次性绑定码；管理员只看得到数目' },
  args: {
    name: { type: 'positional', description: '姓名', valueHint: '王敏', required: true },
    unit: { type: 'string', description: '所管的团组织', valueHint: '某某大学团委', required: true },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const name = nameFrom(args.name, '姓名');
      const unit = await unitNamed(tx, args.unit);
      const given = await issuing();
      const { code, known } = await createAdministrator(tx, { name, unitId: unit.id }, given);
      say(
        known === 'no'
          ? `已登记管理员：${unit.name} ${name}`
          : `${unit.name} ${name} 已经登记过，这是一个新的绑定码（旧码作废）。`,
      );
      if (known === 'proved') say('注意：这位管理员已经绑定过账号；新码一旦使用，就改绑到使用它的那个账号。');
      sayCode(code, given, '私聊机器人发');
    }),
});
