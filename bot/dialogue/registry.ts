/** All commands: checked once at the start, then asked what a typed text means. */
import type { Action, CommandDeclaration } from './command.ts';
import { wheres, whos } from './command.ts';
import { firstWord, type Split, spelled, splits } from './parse.ts';
import { resembling } from './resemblance.ts';

/** Words that answer a question of the bot; no command may be called so. */
export const yesWords: readonly string[] = ['是', '确认', '是的', 'yes', 'y'];
export const noWords: readonly string[] = ['否', '取消', '不', 'no', 'n'];
/** Everyday words, which answer only while a question waits. */
export const softYesWords: readonly string[] = ['好', '好的', '可以', '对', '行', '嗯', '发吧'];
export const softNoWords: readonly string[] = ['不用', '不要', '算了', '不发'];

/** What a typed text means. */
export type Reading =
  | {
      readonly kind: 'found';
      readonly command: CommandDeclaration;
      readonly action: Action;
      readonly rest: string;
    }
  /** The command is known, what to do with it is not; `word` is what was typed for it, perhaps nothing. */
  | {
      readonly kind: 'incomplete';
      readonly command: CommandDeclaration;
      readonly word: string;
      readonly rest: string;
      readonly near: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly word: string;
      readonly rest: string;
      readonly near: readonly string[];
      /** Actions of that very name, typed without their command: `/受理 1`. */
      readonly meant: readonly Meant[];
    };

/** An action whose name was typed as if it were a command, and what stood after it. */
export interface Meant {
  readonly command: CommandDeclaration;
  readonly action: Action;
  readonly rest: string;
}

const answerWords = [...yesWords, ...noWords, ...softYesWords, ...softNoWords];

/** The commands by name. Its constructor throws when a declaration lacks anything: the start fails with the list. */
export class Registry {
  readonly commands: readonly CommandDeclaration[];
  readonly #byName = new Map<string, CommandDeclaration>();

  constructor(commands: readonly CommandDeclaration[]) {
    this.commands = commands;
    const faults: string[] = [];
    for (const command of commands) {
      for (const name of [command.name, ...command.aliases]) {
        const key = spelled(name);
        const other = this.#byName.get(key);
        if (other) faults.push(`${command.name}: the name “${name}” is taken by ${other.name}`);
        if (answerWords.includes(key)) faults.push(`${command.name}: “${name}” answers questions`);
        this.#byName.set(key, command);
      }
    }
    for (const command of commands) faults.push(...faultsOf(command), ...this.#faultsOfExamples(command));
    if (faults.length > 0) throw new Error(`command declarations are incomplete:\n${faults.join('\n')}`);
  }

  /** The command of that name or alias. */
  find(name: string): CommandDeclaration | undefined {
    return this.#byName.get(spelled(name));
  }

  /** What a text after the slash means. A name may be followed by its action or its text without a space. */
  read(text: string): Reading {
    for (const split of splits(text)) {
      const { word, rest, separated } = split;
      const command = this.#byName.get(word);
      if (!command || !mayBeName(split)) continue;
      const reading = readAction(command, rest);
      // Glued to something that is no action and no argument, it is another word that begins the same.
      if (separated || (reading.kind === 'found' && reading.action.read(reading.rest).fault === undefined))
        return reading;
      if (reading.kind === 'found' && reading.action.name !== '') return reading;
    }
    const word = firstWord(text);
    const near = resembling(word, this.#names());
    const meant = this.#actionsNamed(text);
    const glued = near.length + meant.length === 0 ? this.#gluedToOneCharacter(text) : undefined;
    return glued ?? { kind: 'unknown', word, rest: splits(text)[0]?.rest ?? '', near, meant };
  }

  /** `/问图书馆几点开`: what resembles nothing may begin with a name of one character, if it can take the rest. */
  #gluedToOneCharacter(text: string): Reading | undefined {
    const split = splits(text).at(-1);
    const command = split && this.#byName.get(split.word);
    if (!command) return undefined;
    const reading = readAction(command, split.rest);
    return reading.kind === 'found' && reading.action.read(reading.rest).fault === undefined
      ? reading
      : undefined;
  }

  /** The actions that a text names without their command: by its first word, or glued to what they can take. */
  #actionsNamed(text: string): readonly Meant[] {
    for (const split of splits(text).filter(mayBeName)) {
      const { word, rest, separated } = split;
      const meant = this.commands.flatMap((command) =>
        command.actions
          .filter(({ name, aliases }) => name !== '' && [name, ...aliases].map(spelled).includes(word))
          .map((action) => ({ command, action, rest }))
          .filter(({ action }) => separated || action.read(rest).fault === undefined),
      );
      if (meant.length > 0) return meant;
    }
    return [];
  }

  #names(): readonly string[] {
    return this.commands.flatMap(({ name, aliases }) => [name, ...aliases]);
  }

  #faultsOfExamples(command: CommandDeclaration): readonly string[] {
    return command.actions.flatMap((action) =>
      action.examples.flatMap((example) => {
        const reading = example.startsWith('/') ? this.read(example.slice(1)) : undefined;
        if (reading?.kind !== 'found' || reading.action !== action)
          return [`${command.name} ${action.name}: the example “${example}” does not lead to it`];
        const { fault } = action.read(reading.rest);
        return fault === undefined
          ? []
          : [`${command.name} ${action.name}: “${example}” is refused: ${fault}`];
      }),
    );
  }
}

/** A name of one character needs something after it: `/话题 发步` is a slip, not “发” and “步”. */
function mayBeName({ word, separated }: Split): boolean {
  return separated || [...word].length > 1;
}

function readAction(command: CommandDeclaration, text: string): Reading {
  const unnamed = command.actions.find(({ name }) => name === '');
  const found = splits(text);
  for (const split of found.filter(mayBeName)) {
    const { word, rest } = split;
    const action = command.actions.find(
      ({ name, aliases }) => name !== '' && [name, ...aliases].map(spelled).includes(word),
    );
    // Glued to what it cannot take, it only begins a sentence: `/心愿 认领养的小猫有个家`.
    const begins = unnamed && !split.separated && action?.read(rest).fault !== undefined;
    if (action && !begins) return { kind: 'found', command, action, rest };
  }
  const byDefault = command.actions.find(({ name }) => name === command.byDefault);
  // A choice of group may stand alone: `/活动 群2`.
  if (byDefault && /^(?:群\s*#?\d+|@\S+)?\s*$/u.test(text))
    return { kind: 'found', command, action: byDefault, rest: text };
  if (unnamed) return { kind: 'found', command, action: unnamed, rest: text };
  const [whole] = found;
  const names = command.actions.flatMap(({ name, aliases }) => [name, ...aliases]);
  return {
    kind: 'incomplete',
    command,
    word: whole?.word ?? '',
    rest: whole?.rest ?? '',
    near: whole ? resembling(whole.word, names) : [],
  };
}

function faultsOf(command: CommandDeclaration): readonly string[] {
  const faults: string[] = [];
  const blank = (value: string) => value.trim() === '';
  if (blank(command.name) || /\s/.test(command.name))
    faults.push(`a command has no name, or one with spaces`);
  if (blank(command.summary)) faults.push(`${command.name}: no summary`);
  if (command.actions.length === 0) faults.push(`${command.name}: no action`);
  if (command.byDefault !== undefined && !command.actions.some(({ name }) => name === command.byDefault))
    faults.push(`${command.name}: its default action “${command.byDefault}” does not exist`);
  const seen = new Set<string>();
  for (const action of command.actions) {
    const title = `${command.name} ${action.name}`.trim();
    if (blank(action.summary)) faults.push(`${title}: no summary`);
    if (action.examples.length === 0) faults.push(`${title}: no example`);
    if (!whos.includes(action.who)) faults.push(`${title}: nobody is named who may use it`);
    if (!wheres.includes(action.where)) faults.push(`${title}: no place is named`);
    for (const name of [action.name, ...action.aliases].map(spelled)) {
      if (seen.has(name)) faults.push(`${title}: the name “${name}” is taken by another action`);
      seen.add(name);
    }
  }
  return faults;
}
