/** From what was typed to the command that runs: usage and faults of typing in Chinese. */
import { type ArgDef, type CommandDef, parseArgs, runCommand } from 'citty';
import { fail, InputError, politely, say } from './terminal.ts';
import { type Found, labelOf, resolved, usageOf } from './usage.ts';

/**
 * Runs the command that the arguments name, or prints its usage (`--help`). What is typed wrong, and any other fault,
 * ends the process with a sentence and exit code 1; the former with the usage too.
 */
export async function runProgram(program: CommandDef, typed: readonly string[]): Promise<void> {
  process.on('uncaughtException', fail);
  process.stdout.on('error', fail);
  await politely(async () => {
    const { found, rest } = await find(program, typed);
    if (rest.some((word) => word === '--help' || word === '-h')) return say(await usageOf(found));
    if (found.command === program && (rest[0] === '--version' || rest[0] === '-v'))
      return say((await resolved(program.meta))?.version ?? '');
    const fault = await faultOf(found, rest);
    if (fault !== undefined) throw new InputError(`${fault}\n\n${await usageOf(found)}`);
    await runCommand(found.command, { rawArgs: [...rest] });
  });
}

/** As far as the words lead to a command, and what is left of them. */
async function find(
  program: CommandDef,
  typed: readonly string[],
): Promise<{ readonly found: Found; readonly rest: readonly string[] }> {
  let found: Found = { path: ['npx', 'lianqing'], command: program };
  let rest = typed;
  for (;;) {
    const [word] = rest;
    const inner = await resolved(found.command.subCommands);
    if (word === undefined || !inner || !Object.hasOwn(inner, word)) return { found, rest };
    const command = await resolved(inner[word]);
    if (!command) return { found, rest };
    found = { path: [...found.path, word], command };
    rest = rest.slice(1);
  }
}

/** What is wrong with the words that follow a command; undefined when nothing is. */
async function faultOf({ path, command }: Found, rest: readonly string[]): Promise<string | undefined> {
  const [word] = rest;
  if (await resolved(command.subCommands)) {
    if (word === undefined) return `“${path.join(' ')}”后面要写明做什么。`;
    return word.startsWith('-') ? `没有“${word}”这个选项。` : `没有“${[...path, word].join(' ')}”这个命令。`;
  }
  const known = Object.entries((await resolved(command.args)) ?? {});
  const optional = known.map(([name, arg]): [string, ArgDef] => [name, { ...arg, required: false }]);
  const parsed = parseArgs([...rest], Object.fromEntries(optional));
  for (const name of Object.keys(parsed))
    if (name !== '_' && !known.some(([one]) => one === name))
      return `没有“${name.length > 1 ? '--' : '-'}${name}”这个选项。`;
  const extra = parsed._[known.filter(([, arg]) => arg.type === 'positional').length];
  if (extra !== undefined) return `“${extra}”是多出来的；名字或路径里有空格时，请用引号括起来。`;
  for (const [name, arg] of known) {
    const given = parsed[name];
    const isMissing = given === undefined || given === '';
    if (isMissing && (arg.required || given === ''))
      return `还缺${nameOf(name, arg)}，例如：${exampleOf(path, known)}`;
  }
  return undefined;
}

/** What an argument is called in a sentence: “姓名”, “ --unit（所在团组织）”. */
function nameOf(name: string, { type, description }: ArgDef): string {
  const [short = name] = (description ?? name).split(/[（，]/u);
  return type === 'positional' ? short : ` --${name}（${short}）`;
}

/** A command with everything that it must have, in words that can be typed. */
function exampleOf(path: readonly string[], args: readonly [string, ArgDef][]): string {
  const needed = args.filter(([, { required }]) => required);
  const words = needed.map(([name, arg]) =>
    arg.type === 'positional' ? (arg.valueHint ?? name) : labelOf(name, arg),
  );
  return [...path, ...words].join(' ');
}
