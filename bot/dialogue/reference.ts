/** The reference of all commands (docs/commands.md), made from their declarations. */
import type { Action, CommandDeclaration } from './command.ts';
import { whereWords, whoWords } from './words.ts';

/** The reference as Markdown, in the order in which help lists the commands. */
export function commandReference(commands: readonly CommandDeclaration[]): string {
  return [
    '# 命令',
    '',
    '本页由命令的声明生成（`bot/commands/`），测试保证两者一致。',
    '“/”也可以写成全角“／”；命令和内容之间的空格可以省略；打错了我会问您是不是想输入相近的命令。',
    '团干部在私聊里用群命令时：只有一个群就是它；有几个群就在内容前写 `群1`、`群2`（按我列出的顺序）或 `@群名`。',
    '需要确认的命令会先念给您听，5 分钟内回复“是”（“好的”“可以”也行）才办。',
    ...commands.flatMap(section),
    '',
  ].join('\n');
}

function section(command: CommandDeclaration): readonly string[] {
  const aliases =
    command.aliases.length > 0 ? `也可以写：${command.aliases.map((name) => `\`/${name}\``).join('、')}` : '';
  return [
    '',
    `## /${command.name}`,
    '',
    `${command.summary}。${aliases}`,
    '',
    '| 命令 | 说明 | 谁 | 哪里 | 例 |',
    '|---|---|---|---|---|',
    ...command.actions.map((action) => row(command, action)),
  ];
}

function row(command: CommandDeclaration, action: Action): string {
  const name = `/${[command.name, action.name].filter(Boolean).join(' ')}`;
  const examples = action.examples.map((example) => `\`${example}\``).join('<br>');
  const asks = action.confirms ? '（需要时先确认）' : '';
  return `| \`${name}\` | ${action.summary}${asks} | ${whoWords[action.who]} | ${whereWords[action.where]} | ${examples} |`;
}
