/**
 * What a command is: one declaration, from which parsing, permission, help and the reference come
 * (design.md, Commands).
 */

import type { z } from 'zod';
import type { Abilities, Button, MessageEvent, PressEvent } from '../../adapters/adapter.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import type { ListeningLimits } from '../../domain/listening/limits.ts';
import type { Tx } from '../../prisma/database.ts';
import type { AdministratorOfPerson } from '../../prisma/store/administrators.ts';
import type { CadreOfPerson } from '../../prisma/store/cadres.ts';
import type { Outgoing } from '../outbox/message.ts';
import type { Secret } from '../secret.ts';

/** Everything that a command may know; made by intake for one event, inside one database transaction. */
export interface Situation {
  readonly db: Tx;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly event: MessageEvent | PressEvent;
  readonly accountId: number;
  readonly chat:
    | { readonly kind: 'group'; readonly groupId: number; readonly name: string }
    | { readonly kind: 'private' };
  readonly person: { readonly id: number; readonly name: string };
  readonly secret: Secret;
  readonly random: (bytes: number) => Uint8Array;
  /** `model`: a language model is configured. */
  readonly abilities: Pick<Abilities, 'cards' | 'updates' | 'repliesOnly' | 'loginByHand' | 'friendsOnly'> & {
    readonly model?: boolean | undefined;
    /** Files can be sent; so they can where it is not said. */
    readonly files?: boolean | undefined;
  };
  /** What became of the picture that was sent, where it was asked for. */
  readonly picture?: Picture | undefined;
  /** Whom somebody in danger can call: a setting. */
  readonly helpLines: string;
  readonly limits: ListeningLimits;
  readonly calendar: WorkCalendar;
  /** How many messages that nobody asked for a person gets in a week: a setting. */
  readonly remindersPerWeek?: number | undefined;
  /** To be called when what was counted of somebody was erased: what is remembered of it beside the database is dropped. */
  readonly erased?: (() => void) | undefined;
}

/** A picture or document that is kept under a name, or why it is not, said to whoever sent it. */
export type Picture =
  | { readonly kind: 'kept'; readonly file: string }
  | { readonly kind: 'fault'; readonly say: string };

/** `officer`: who is a cadre, an administrator, or both. */
export const whos = ['anyone', 'youth', 'cadre', 'administrator', 'officer', 'operator'] as const;
export type Who = (typeof whos)[number];

export const wheres = ['group', 'private', 'both'] as const;
export type Where = (typeof wheres)[number];

/** What a command acts on: a group (privately, one of the person's groups) or nothing but the person. */
export type About = 'group' | 'person';

export interface Context extends Situation {
  readonly commands: readonly CommandDeclaration[];
  /** The person has said yes to this command's question. */
  readonly confirmed: boolean;
}

export interface GroupHere {
  readonly id: number;
  readonly name: string;
}

export type ContextFor<W extends Who, A extends About> = Context &
  (W extends 'cadre' ? { readonly cadre: CadreOfPerson } : unknown) &
  (W extends 'administrator' ? { readonly administrator: AdministratorOfPerson } : unknown) &
  (W extends 'officer'
    ? {
        readonly cadre?: CadreOfPerson | undefined;
        readonly administrator?: AdministratorOfPerson | undefined;
      }
    : unknown) &
  (A extends 'group' ? { readonly group: GroupHere } : unknown);

/** Something to say; {@link Outgoing} but for the key, which the event gives unless the meaning does. */
export type Saying = Omit<Outgoing, 'key'> & { readonly key?: string | undefined };

/** What is asked before a command runs. */
export interface Question {
  readonly text: string;
  /** The arguments as they are kept until the yes, where they should not be read anew (a date, a code). */
  readonly keep?: string | undefined;
  /** What stands on the buttons, where it is not 是 and 否. */
  readonly yes?: string | undefined;
  readonly no?: string | undefined;
  /** Beside yes and no. */
  readonly buttons?: readonly Button[] | undefined;
  /** Asked privately even where the command was said in a group. */
  readonly privately?: boolean | undefined;
}

export interface ActionDeclaration<W extends Who, A extends About, T> {
  /** What is typed after the command; empty for a command's only or unnamed action. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** What people may type, whole. */
  readonly examples: readonly string[];
  readonly who: W;
  readonly where: Where;
  readonly about: A;
  /** Over the text that follows; its messages are read by people. */
  readonly arguments: z.ZodType<T, string>;
  /** Nothing to ask, or the question; `undefined` from it: nothing to ask this time. */
  readonly confirm: false | ((context: ContextFor<W, A>, args: T) => Promise<Question | undefined>);
  /** Whether the text cannot wait for a choice among groups; the first one that has a cadre is taken. */
  readonly urgent?: (rest: string) => boolean;
  /** Nothing is kept of who says it: what is said back has a sealed address, and nothing typed goes into a button. */
  readonly unnamed?: boolean;
  readonly run: (context: ContextFor<W, A>, args: T) => Promise<readonly Saying[]>;
}

/** An action whose arguments' type is closed over. */
export interface Action {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly examples: readonly string[];
  readonly who: Who;
  readonly where: Where;
  readonly about: About;
  readonly confirms: boolean;
  readonly urgent: (rest: string) => boolean;
  readonly unnamed: boolean;
  /** Whether the arguments can be read, or what to tell the person. */
  readonly read: (rest: string) => { readonly fault?: string };
  readonly ask: (context: Context, rest: string) => Promise<Question | undefined>;
  readonly run: (context: Context, rest: string) => Promise<readonly Saying[]>;
}

export interface CommandDeclaration {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly actions: readonly Action[];
  /** The named action that runs when none is named; without it the command's help is shown. */
  readonly byDefault?: string;
}

/**
 * Declares an action. The framework gives `run` what `who` and `about` promise: the cadre, the group. A text that the
 * schema refuses never reaches `run`.
 */
export function action<const W extends Who, const A extends About, T>(
  declaration: ActionDeclaration<W, A, T>,
): Action {
  const { arguments: schema, confirm, run } = declaration;
  // The handler has checked the role and found the group before it hands the context over.
  const ready = (context: Context) => context as ContextFor<W, A>;
  return {
    name: declaration.name,
    aliases: declaration.aliases ?? [],
    summary: declaration.summary,
    examples: declaration.examples,
    who: declaration.who,
    where: declaration.where,
    about: declaration.about,
    confirms: confirm !== false,
    urgent: declaration.urgent ?? (() => false),
    unnamed: declaration.unnamed ?? false,
    read: (rest) => {
      const parsed = schema.safeParse(rest);
      return parsed.success ? {} : { fault: parsed.error.issues[0]?.message ?? '没看懂后面的内容' };
    },
    ask: async (context, rest) =>
      confirm === false ? undefined : confirm(ready(context), schema.parse(rest)),
    run: (context, rest) => run(ready(context), schema.parse(rest)),
  };
}

/** Declares a command; {@link Registry} checks that it is complete. */
export function defineCommand(declaration: CommandDeclaration): CommandDeclaration {
  return declaration;
}
