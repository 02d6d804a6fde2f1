/** Questions before a command runs, and their answers: one a person and chat, for five minutes. */
import { forgetQuestions, keepQuestion, takeQuestion } from '../../prisma/store/confirmations.ts';
import type { Question, Saying, Situation } from './command.ts';
import { afterSlash, spelled, withoutMentions } from './parse.ts';
import { noWords, yesWords } from './registry.ts';
import { card, quietly, reply } from './say.ts';

/** How long a question waits for its answer. */
const questionLifeMs = 5 * 60_000;

/** Longer texts are no answers, and are not looked at. */
const longest = 40;

export interface Answer {
  readonly yes: boolean;
  /** Said with a slash or a button: meant for the bot, whoever else is talking. */
  readonly clearly: boolean;
}

/**
 * Whether a text answers a question of the bot: `是`, `确认`, `否`, `取消`, with or without a slash. Said without one it
 * may be ordinary talk, and is taken for an answer only while that person has been asked something in that chat.
 */
export function answerIn(typed: string): Answer | undefined {
  const said = withoutMentions(typed.slice(0, longest * 2));
  const slashed = afterSlash(said);
  const word = spelled(slashed ?? said)
    .trim()
    .replace(/[。.!！~～]+$/u, '');
  if (typed.length > longest * 2 || word.length > longest) return undefined;
  if (yesWords.includes(word)) return { yes: true, clearly: slashed !== undefined };
  if (noWords.includes(word)) return { yes: false, clearly: slashed !== undefined };
  return undefined;
}

export type Taken =
  | { readonly kind: 'go'; readonly command: string }
  | { readonly kind: 'said'; readonly sayings: readonly Saying[] }
  | { readonly kind: 'not ours' };

/** Settles the person's question in this chat by their answer; nobody else's. */
export async function takeAnswer(situation: Situation, answer: Answer): Promise<Taken> {
  const { db, person, now } = situation;
  if (!answer.clearly && (await saidToSomebody(situation))) return { kind: 'not ours' };
  const question = await takeQuestion(db, person.id, chatKey(situation));
  const say = (text: string): Taken => ({ kind: 'said', sayings: [quietly(situation, text)] });
  if (!question) return answer.clearly ? say('现在没有等你确认的事。') : { kind: 'not ours' };
  if (question.expiresAt < now) return say('等得有点久，刚才那件事已经作废了。还要办的话请重新发一遍。');
  if (!answer.yes) return say('好的，没有办，什么都没变。');
  return { kind: 'go', command: question.command.replace(/^\//, '') };
}

/** Asks, and keeps the command as it will run. */
export async function askFirst(situation: Situation, question: Question, command: string): Promise<Saying> {
  const { db, person, now } = situation;
  await forgetQuestions(db, now - questionLifeMs);
  await keepQuestion(db, {
    personId: person.id,
    chat: chatKey(situation),
    command,
    expiresAt: now + questionLifeMs,
  });
  const asked = card('请确认一下', `${question.text}\n5 分钟内回复“是”或“否”。`, [
    { label: '是', command: '/是', style: 'primary' },
    { label: '否', command: '/否' },
    ...(question.buttons ?? []),
  ]);
  return { ...reply(situation, asked), expiresAt: now + questionLifeMs };
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
  return chat.kind === 'group' ? `group:${chat.groupId}` : 'private';
}
