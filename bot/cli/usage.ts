/** How a command is used, in Chinese. */
import type { ArgDef, CommandDef } from 'citty';

const leastColumn = 12;

/** A command, and by which words one comes to it. */
export interface Found {
  readonly path: readonly string[];
  readonly command: CommandDef;
}

/** The usage of a command: how it is written, what it does, and its arguments or commands line by line. */
export async function usageOf({ path, command }: Found): Promise<string> {
  const words = [...path];
  const lines: [string, string][] = [];
  for (const [name, arg] of Object.entries((await resolved(command.args)) ?? {})) {
    const label = labelOf(name, arg);
    words.push(arg.required ? label : `[${label}]`);
    const hint = arg.type === 'positional' && arg.valueHint ? `，例如 ${arg.valueHint}` : '';
    lines.push([label, `${arg.description ?? ''}${hint}`]);
  }
  const inner = await resolved(command.subCommands);
  if (inner) words.push('<命令>');
  for (const [name, one] of Object.entries(inner ?? {}))
    lines.push([name, (await resolved((await resolved(one))?.meta))?.description ?? '']);
  const column = Math.max(leastColumn, ...lines.map(([label]) => widthOf(label) + 2));
  return [
    `用法：${words.join(' ')}`,
    `  ${(await resolved(command.meta))?.description ?? ''}`,
    ...(lines.length > 0
      ? ['', ...lines.map(([label, text]) => `  ${label}${' '.repeat(column - widthOf(label))}${text}`)]
      : []),
    ...(inner
      ? ['', `每个命令后面加 --help 看详细用法，例如：${[...path, Object.keys(inner)[0]].join(' ')} --help`]
      : []),
  ].join('\n');
}

/** Columns of a terminal: a Chinese character takes two. */
function widthOf(label: string): number {
  return [...label].reduce((width, char) => width + (char < '\u2e80' ? 1 : 2), 0);
}

/** How an argument stands in the usage: `<团组织>`, `--json`, `--unit 某某学院团委`. */
export function labelOf(name: string, arg: ArgDef): string {
  const hint = arg.valueHint ? ` ${arg.valueHint}` : '';
  const [short = name] = (arg.description ?? name).split(/[（，；：]/u);
  return arg.type === 'positional' ? `<${short}>` : `--${name}${hint}`;
}

/** What may stand in citty's definitions as itself, as a promise or as a function. */
export async function resolved<T>(
  value: T | Promise<T> | (() => T | Promise<T>) | undefined,
): Promise<T | undefined> {
  return typeof value === 'function' ? (value as () => T | Promise<T>)() : value;
}
