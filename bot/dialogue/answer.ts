/** Questions before a command runs, and their answers: one a person and chat, for five minutes. */
import {
  forgetQuestions,
  keepQuestion,
  questionChat,
  takeQuestion,
  waitingQuestion,
} from '../../prisma/store/confirmations.ts';
import type { Question, Saying, Situation } from './command.ts';
import { cryIn, offerOf, untold } from './danger.ts';
import { afterSlash, spelled, withoutMentions } from './parse.ts';
import { addressOf } from './place.ts';
import { noWords, softNoWords, softYesWords, yesWords } from './registry.ts';
import { card, quietly, reply } from './say.ts';

/** How long a question waits for its answer. */
export const questionLifeMs = 5 * 60_000;

/** Longer texts are no answers, and are not looked at. */
const longest = 40;

export interface Answer {
  readonly yes: boolean;
  /** Said with a slash or a button: meant for the bot, whoever else is talking. */
  readonly clearly: boolean;
  /** An everyday word (“好的”): no answer at all unless a question waits. */
  readonly soft: boolean;
  /** Of a button: which question it stands under. */
  readonly question: string | undefined;
}

const words: readonly [words: readonly string[], yes: boolean, soft: boolean][] = [
  [yesWords, true, false],
  [noWords, false, false],
  [softYesWords, true, true],
  [softNoWords, false, true],
];

/**
 * Whether a text answers a question of the bot: `是`, `确认`, `好的`, `否`, `取消`, `算了`, with or without a slash. Said
 * without one it may be ordinary talk, and is taken for an answer only while that person has been asked something in
 * that chat.
 */
export function answerIn(typed: string): Answer | undefined {
  const said = withoutMentions(typed.slice(0, longest * 2));
  const slashed = afterSlash(said);
  const [word = '', question] = spelled(slashed ?? said)
    .trim()
    .replace(/[。.!！~～]+$/u, '')
    .split(/ (?=#[0-9a-z]+$)/u);
  if (typed.length > longest * 2 || word.length > longest) return undefined;
  const found = words.find(([these]) => these.includes(word));
  return found && { yes: found[1], clearly: slashed !== undefined, soft: found[2], question };
}

export type Taken =
  | { readonly kind: 'go'; readonly command: string }
  | { readonly kind: 'said'; readonly sayings: readonly Saying[] }
  | { readonly kind: 'not ours' };

/** Settles the person's question in this chat by their answer; nobody else's. */
export async function takeAnswer(situation: Situation, answer: Answer): Promise<Taken> {
  const { db, person, now } = situation;
  if (!answer.clearly && (await saidToSomebody(situation))) return { kind: 'not ours' };
  const chat = chatKey(situation);
  const say = (text: string): Taken => ({ kind: 'said', sayings: [quietly(situation, text)] });
  if (answer.soft && (await waitingQuestion(db, person.id, chat, now)) === undefined)
    return { kind: 'not ours' };
  const question = await takeQuestion(db, person.id, chat, instantOf(answer.question));
  if (!question) {
    if (!answer.clearly) return { kind: 'not ours' };
    // More has been written since that button was shown: it is asked for whole, not dropped.
    const cry = cryIn(await waitingQuestion(db, person.id, chat, now));
    if (cry !== undefined) return { kind: 'said', sayings: [await offerAgain(situation, cry)] };
    const you = await addressOf(situation);
    return say(`现在没有等${you}确认的事，可能已经办好，或者隔得太久作废了。想做什么，发 /帮助 看看。`);
  }
  const cry = cryIn(question.command);
  if (cry !== undefined && !answer.yes) return { kind: 'said', sayings: [untold(situation)] };
  // Somebody in danger is not told to write it all again.
  if (cry !== undefined && question.expiresAt < now)
    return { kind: 'said', sayings: [await offerAgain(situation, cry)] };
  if (question.expiresAt < now) return say('等得有点久，刚才那件事已经作废了。还要办的话请重新发一遍。');
  if (!answer.yes) return say('好的，没有办，什么都没变。');
  return { kind: 'go', command: question.command.replace(/^\//, '') };
}

function offerAgain(situation: Situation, cry: string): Promise<Saying> {
  const { question, command } = offerOf(cry);
  return askFirst(situation, question, command);
}

/** The command that waits in this chat for the person's yes. */
export function waitingHere(situation: Situation): Promise<string | undefined> {
  return waitingQuestion(situation.db, situation.person.id, chatKey(situation), situation.now);
}

/** Asks, and keeps the command as it will run. */
export async function askFirst(situation: Situation, question: Question, command: string): Promise<Saying> {
  const { db, person, now } = situation;
  const expiresAt = now + questionLifeMs;
  await forgetQuestions(db, now - questionLifeMs);
  await keepQuestion(db, { personId: person.id, chat: chatKey(situation), command, expiresAt });
  const asked = card('请确认一下', `${question.text}\n5 分钟内回复“是”或“否”。`, [
    { label: question.yes ?? '是', command: `/是 ${nameOfQuestion(expiresAt)}`, style: 'primary' },
    { label: question.no ?? '否', command: `/否 ${nameOfQuestion(expiresAt)}` },
    ...(question.buttons ?? []),
  ]);
  return { ...reply(situation, asked), expiresAt };
}

/** A question is known by when it ends, so that the button under an earlier one does not answer a later one. */
function nameOfQuestion(expiresAt: number): string {
  return `#${expiresAt.toString(36)}`;
}

function instantOf(name: string | undefined): number | undefined {
  return name === undefined ? undefined : Number.parseInt(name.slice(1), 36);
}

/** A “是” that mentions or quotes another person is talk between the two. */
async function saidToSomebody({ db, accountId, event }: Situation): Promise<boolean> {
  if (event.type !== 'message') return false;
  if (event.mentions.length > 0 && !event.mentionsBot) return true;
  if (event.quotes?.sender === undefined || event.quotes.bot) return false;
  const quoted = await db.personAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId: event.quotes.sender } },
    select: { person: { select: { bot: true } } },
  });
  return quoted?.person.bot === false;
}

function chatKey({ chat }: Situation): string {
  return chat.kind === 'group' ? questionChat(chat.groupId) : 'private';
}
