/** What is said when somebody writes words of danger: to them, privately, and to their cadre, at once. */
import { dangerIn, soundsDangerous } from '../../domain/listening/danger.ts';
import { namesOf } from '../../prisma/store/demands.ts';
import { oneLine } from '../render/legible.ts';
import type { GroupHere, Question, Saying, Situation } from './command.ts';
import { addressOf, nameOf } from './place.ts';
import { lengthOf, plain } from './plain.ts';
import { card, notice } from './say.ts';

/**
 * The help lines, to the person alone, wherever they spoke. `told`: the cadre who has been told, and of which demand;
 * they also learn it when the platform does not let the bot speak to the person privately. Without it nobody has been
 * told.
 */
export async function helpFor(
  situation: Situation,
  told?: { readonly number: number; readonly cadrePersonId: number },
): Promise<Saying> {
  const { person, helpLines } = situation;
  const you = await addressOf(situation);
  const said = `谢谢${you}说出来，${you}不用一个人扛。${helpLines}`;
  const to = { personId: person.id };
  if (!told) return { kind: 'help', to, draft: { type: 'text', text: said } };
  const { number, cadrePersonId } = told;
  const text = `${said}团干部也已经收到。\n（第 ${number} 号诉求，有进展我会私聊告诉${you}。）`;
  const lost = `第 ${number} 号诉求很急：我没能确认私聊送到了对方，求助电话可能没收到。请您直接打电话或当面找到本人，并转告：${helpLines}`;
  return { kind: 'help', to, draft: { type: 'text', text }, ifLost: notice(cadrePersonId, lost) };
}

/** Tells the cadre of a demand that holds words of danger. Notices wait for no morning: quiet hours are for reminders. */
export async function alarm(
  situation: Situation,
  cadrePersonId: number,
  group: GroupHere,
  demand: { readonly number: number; readonly text: string },
): Promise<Saying> {
  const { db, person, helpLines } = situation;
  const name = plain(oneLine((await namesOf(db, [person.id])).get(person.id) ?? '')) || '一位小伙伴';
  const { number, text } = demand;
  return notice(
    cadrePersonId,
    card(
      '这条可能很急，请马上联系本人。',
      [
        `${name}在“${nameOf(group)}”提了第 ${number} 号诉求：`,
        text,
        '',
        `我已私下告诉对方：${helpLines}对方可能没看到私聊，请您直接打电话或当面找到人；联系不上，马上找辅导员和学校保卫处，有危险打 110。请不要在群里提这件事。`,
      ].join('\n'),
      [
        { label: '受理', command: `/问题清单 受理 群#${group.id} ${number}`, style: 'primary' },
        { label: '看清单', command: `/问题清单 列表 群#${group.id}` },
      ],
    ),
  );
}

/**
 * A cry for help of which nobody is to know who it is: the help lines and the word for its asker, the alarm for the cadre,
 * who can answer at once but not come.
 */
export function alarmUnnamed(
  { person, helpLines }: Situation,
  cadrePersonId: number,
  group: GroupHere,
  demand: { readonly number: number; readonly text: string },
  word: string,
): { readonly help: Saying; readonly alarm: Saying } {
  const { number, text } = demand;
  const said = [
    `谢谢你说出来，你不用一个人扛。${helpLines}`,
    `听起来很急，所以我没有等，已经告诉团干部了（第 ${number} 号），没说是谁。团干部的话我会马上转给你；看进展发 /匿名 查看 ${word}。`,
    '愿意让老师直接来找你，就发 /诉求 我需要帮助。',
  ].join('\n');
  const reachOut = `/问题清单 进展 ${number} 加几句话`;
  const lost = `第 ${number} 号匿名诉求很急：我没能确认求助电话送到了对方。请再发一次 ${reachOut}，我再转。`;
  return {
    help: {
      kind: 'help',
      to: { personId: person.id },
      draft: { type: 'text', text: said },
      ifLost: notice(cadrePersonId, lost),
    },
    alarm: notice(
      cadrePersonId,
      card(
        '这条匿名诉求听起来很急，请马上回几句话。',
        [
          `“${nameOf(group)}”有人匿名提了第 ${number} 号：`,
          text,
          '',
          `我不知道是谁，已私下把求助电话告诉对方：${helpLines}请现在就发 ${reachOut}，我马上转到，告诉对方您在、可以怎么找您；同时请告诉辅导员和学校心理中心。不要在群里追问是谁。`,
        ].join('\n'),
        [{ label: '看清单', command: `/问题清单 列表 群#${group.id}` }],
      ),
    ),
  };
}

/** Before the text that an offer keeps until the yes. */
const kept = '/诉求 ';

/** What asks a youth whether the cadre shall be told of what they wrote. */
export function offerOf(written: string): { readonly question: Question; readonly command: string } {
  const said = written.includes('\n') ? '把刚才这几句话' : '把这句话';
  return {
    question: { text: `要${said}记成诉求，告诉团干部吗？`, yes: '记成诉求', no: '不用' },
    command: `${kept}${written}`,
  };
}

/** Whether a command that waits for its yes is such an offer. */
export function isOffer(command: string): boolean {
  return command.startsWith(kept);
}

/** The text of an offer that holds words of danger. */
export function cryIn(command: string | undefined): string | undefined {
  const text = command && isOffer(command) ? command.slice(kept.length) : '';
  return soundsDangerous(text) ? text : undefined;
}

/** To somebody in danger who does not want the cadre told: nobody is, and the help lines stay. */
export function untold({ person, helpLines }: Situation): Saying {
  const text = `好的，没有告诉别人。想说的时候随时来。${helpLines}`;
  return { kind: 'help', to: { personId: person.id }, draft: { type: 'text', text } };
}

/**
 * A text that holds words of danger is heard however long it is: it is cut to `most` characters, from its beginning
 * where the words stand there, around them otherwise. Any other text is left as it is.
 */
export function cutWhenDangerous(text: string, most: number): string {
  if (!soundsDangerous(text)) return text;
  const written = plain(text);
  if (lengthOf(written) <= most) return written;
  const whole = [...written.replace(/[^\S\n]+/gu, ' ')];
  const place = dangerIn(whole.join(''));
  const before = lengthOf(whole.join('').slice(0, place?.start));
  const after = lengthOf(whole.join('').slice(0, place?.end));
  if (after < most) return `${whole.slice(0, most - 1).join('')}…`;
  const from = Math.min(before - Math.floor((most - 2 - (after - before)) / 2), whole.length - most + 1);
  const around = whole.slice(from, from + most - 2).join('');
  return from + most - 1 >= whole.length ? `…${whole.slice(from).join('')}` : `…${around}…`;
}
