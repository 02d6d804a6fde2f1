/** `lianqing operator …`: who runs the program, and is told privately on another platform what they have to do. */
import { defineCommand } from 'citty';
import { allOperators, createOperator, removeOperator } from '../../prisma/store/operators.ts';
import { inDatabase, issuing, nameFrom, sayCode } from './store.ts';
import { InputError, say } from './terminal.ts';

const name = { type: 'positional', description: '姓名', valueHint: '李工', required: true } as const;

export const operatorAdd = defineCommand({
  meta: {
    name: 'add',
    description: '登记一位运维人员，打印一次性绑定码；微信要重新扫码时，在另一个平台上私下告诉他',
  },
  args: { name },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const called = nameFrom(args.name, '姓名');
      const given = await issuing();
      const { code, known } = await createOperator(tx, called, given);
      say(
        known === 'no'
          ? `已登记运维人员：${called}`
          : `${called} 已经登记过，这是一个新的绑定码（旧码作废）。`,
      );
      if (known === 'proved') say('注意：他已经绑定过账号；新码一旦使用，就改到使用它的那个账号。');
      sayCode(code, given, '在飞书上（不是微信）私聊机器人发');
    }),
});

export const operatorList = defineCommand({
  meta: { name: 'list', description: '列出运维人员，和在哪里告诉他' },
  run: () =>
    inDatabase(async (tx) => {
      const operators = await allOperators(tx);
      for (const { name: called, account } of operators)
        say(
          `${called}　${account ? `已认证：${platforms[account.platform] ?? account.platform}` : '未认证'}`,
        );
      if (operators.length === 0) say('还没有登记运维人员：npx lianqing operator add 李工');
    }),
});

export const operatorRemove = defineCommand({
  meta: { name: 'remove', description: '取消一位运维人员：不再告诉他，没用过的绑定码作废' },
  args: { name },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const called = nameFrom(args.name, '姓名');
      if (!(await removeOperator(tx, called)))
        throw new InputError(`没有登记过运维人员 ${called}，用 npx lianqing operator list 看看。`);
      say(`已取消运维人员：${called}。要再登记，运行 npx lianqing operator add ${called}`);
    }),
});

const platforms: Readonly<Record<string, string>> = { feishu: '飞书', wechat: '微信', sandbox: '沙盒' };
