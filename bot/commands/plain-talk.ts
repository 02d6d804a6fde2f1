/** A text that is no command, said to the bot: privately, or in a group where it was mentioned. */
import { dayOf } from '../../domain/calendar/day.ts';
import { wishesAnonymity } from '../../domain/listening/anonymous.ts';
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { openDemand } from '../../domain/listening/demand.ts';
import { cadreOfGroup, cadreOfPerson, groupsJoinedBy, groupsLedBy } from '../../prisma/store/cadres.ts';
import { askFirst, waitingHere } from '../dialogue/answer.ts';
import type { Saying, Situation } from '../dialogue/command.ts';
import { cryIn, cutWhenDangerous, helpFor, isOffer, offerOf } from '../dialogue/danger.ts';
import { again, helpButton } from '../dialogue/guidance.ts';
import { type Split, splits, withoutMentions } from '../dialogue/parse.ts';
import { addressOf } from '../dialogue/place.ts';
import { lengthOf, plain } from '../dialogue/plain.ts';
import { noWords, type Registry, yesWords } from '../dialogue/registry.ts';
import { card, reply } from '../dialogue/say.ts';
import { putQuestion } from '../model/questions.ts';
import { demand } from './listening/demand.ts';
import { actionMeant, codeMeant } from './slashless.ts';

/** What an offer keeps is cut to this, or refused for its length; characters. */
const longestDemand = 1_000;
/** Shorter texts are no demands: 在吗, 你是谁呀. */
const shortestDemand = 6;

/** A sentence that may be a command in plain words, in characters. */
const shortestSentence = 4;
const longestSentence = 200;

/** Longer texts say more than thanks, in UTF-16 units. */
const longestCourtesy = 20;
const howAnonymously = '想匿名，请发 /匿名 加内容：连团干部也不知道是谁，答复由我转给你。刚才这句我没有留。';

const thanks =
  /^(?:(?:好|好的|嗯|收到|太好了|非常|十分|真的|真是)*(?:谢谢|谢啦|谢了|多谢|感谢|感恩|thx|thanks|thank you)(?:你|您|啦|了|哈|呀|啊|老师|联青|大家|谢谢)*|(?:你|您)?辛苦(?:了|啦))$/u;
const acknowledged =
  /^(?:好|好的|好[呀啊吧嘞哒滴]|嗯|哦|噢|行|可以|对|收到|知道了?|了解了?|明白了?|ok|okay|没事了?|没问题|不用了?|算了|再见|拜拜|晚安|哈|👌|👍|🙏)+$/u;

/**
 * What is said to a text that is no command; in a group only where the bot was mentioned. `command` where the text is one
 * all the same: a cry for help that lacks the slash.
 */
export async function plainTalk(
  situation: Situation,
  registry: Registry,
  typed: string,
): Promise<readonly Saying[] | { readonly command: string }> {
  const { chat, db, event, person } = situation;
  if (event.type === 'message' && chat.kind === 'group' && !event.mentionsBot) return [];
  // An IME's 、 or ＼ for the slash.
  const text = withoutMentions(typed).replace(/^[、\\＼·.。,，\s]+/u, '');
  const [first] = splits(text);
  const name = first && registry.find(first.word)?.name;
  const dangerous = soundsDangerous(text);
  if (dangerous) {
    const reading = registry.read(text);
    if (reading.kind === 'found' && reading.command === demand) return { command: text };
  }
  const help = dangerous ? [await helpFor(situation)] : [];
  const spoken = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}~～]+/gu, '');
  const waiting = chat.kind === 'private' ? await waitingHere(situation) : undefined;
  // An offer may be taken up, or give way to the next; a question of a command stays until it is answered.
  if (waiting !== undefined && !isOffer(waiting))
    return [...help, reply(situation, `刚才那件事还在等${await addressOf(situation)}：回复“是”或“否”。`)];
  const short = spoken.length <= longestCourtesy;
  if (short && thanks.test(spoken)) return [reply(situation, '不客气。')];
  if (short && acknowledged.test(spoken)) return [];
  if (chat.kind === 'private' && [...yesWords, ...noWords].includes(spoken))
    return [reply(situation, nothingWaits(await addressOf(situation)))];
  if (first && name !== undefined && !dangerous) return [await slashMissing(situation, name, first)];
  // What is to be anonymous is not kept beside a name until a yes.
  if (chat.kind === 'private' && wishesAnonymity(text) && !(await cadreOfPerson(db, person.id)))
    return [...help, reply(situation, howAnonymously)];
  const meant = dangerous
    ? undefined
    : ((await codeMeant(situation, text)) ?? (await actionMeant(situation, registry, text)));
  if (meant) return [meant];
  const cry = cryIn(waiting);
  const offered =
    dangerous || cry !== undefined || lengthOf(plain(text)) >= shortestDemand
      ? await offer(situation, text, cry)
      : undefined;
  if (offered) return [...help, offered];
  if (!dangerous && (await putToModel(situation, registry, text))) return [];
  if (!dangerous) return [await introduce(situation)];
  // Who was just given the help lines needs no introduction on top; a group sees that the bot heard, not what.
  return chat.kind === 'private'
    ? help
    : [...help, reply(situation, `我在，已私聊${await addressOf(situation)}。`)];
}

async function slashMissing(situation: Situation, name: string, { rest }: Split): Promise<Saying> {
  return reply(
    situation,
    card('命令前面要加 /', `${await addressOf(situation)}是不是想输入 /${name}？`, [
      { label: `/${name}`, command: again(situation, `/${name}`, rest) },
      helpButton,
    ]),
  );
}

/**
 * Asks a youth whether the cadre shall be told of what they wrote; until the yes it waits as a question does. To a cry
 * that waits it is added: in such a moment people write several short messages.
 */
async function offer(
  situation: Situation,
  text: string,
  cry: string | undefined,
): Promise<Saying | undefined> {
  const { db, chat, person, now } = situation;
  if (chat.kind === 'group' || (await cadreOfPerson(db, person.id))) return undefined;
  if ((await groupsJoinedBy(db, person.id, dayOf(now))).length === 0) return undefined;
  const said = plain(text);
  if (said === '') return undefined;
  const isNew = cry !== undefined && !cry.split('\n').includes(said);
  const written = cutWhenDangerous(isNew ? `${cry}\n${said}` : (cry ?? said), longestDemand);
  const opened = openDemand(1, written, now);
  if (opened.kind === 'fault') return reply(situation, opened.say);
  const { question, command } = offerOf(written);
  return askFirst(situation, question, command);
}

/** A yes or no that answers nothing: done already, or come too late. */
function nothingWaits(you: '您' | '你'): string {
  return `眼下没有在等${you}回答的事。问${you}的话 5 分钟内有效，过了时间的，请把命令再发一遍。`;
}

async function introduce(situation: Situation): Promise<Saying> {
  const you = await addressOf(situation);
  const content =
    situation.chat.kind === 'group'
      ? '我在。发 /帮助 看看我能做什么。'
      : `${you}好，我是联青。我听得懂以“/”开头的命令，例如 /帮助。${you === '您' ? '' : '想反映问题，发 /诉求 加上内容就行。'}`;
  return reply(situation, card('我是联青', content, [helpButton]));
}

/** Whether a cadre's plain sentence was put to the model, which answers privately with a command to confirm. */
async function putToModel(situation: Situation, registry: Registry, text: string): Promise<boolean> {
  const { db, chat, person, now, abilities } = situation;
  const said = plain(text.slice(0, longestSentence * 4));
  if (!abilities.model || lengthOf(said) < shortestSentence || lengthOf(said) > longestSentence) return false;
  if (!(await cadreOfPerson(db, person.id))) return false;
  const groupId =
    chat.kind === 'group' ? chat.groupId : (await groupsLedBy(db, person.id, dayOf(now)))[0]?.id;
  // A youth's words to the bot are not sent anywhere, whatever else they lead.
  if (chat.kind === 'group' && (await cadreOfGroup(db, chat.groupId, dayOf(now)))?.personId !== person.id)
    return false;
  const commands = registry.commands.flatMap(({ actions }) =>
    actions.filter(({ who }) => who === 'cadre' || who === 'officer').flatMap(({ examples }) => examples),
  );
  await putQuestion(situation, {
    purpose: 'understand',
    data: { 命令: commands, 话: said },
    rule: null,
    groupId,
  });
  return true;
}
