/** What is said when somebody writes words of danger: to them, privately, and to their cadre, at once. */
import { soundsDangerous } from '../../domain/listening/danger.ts';
import { namesOf } from '../../prisma/store/demands.ts';
import { oneLine } from '../render/legible.ts';
import type { GroupHere, Saying, Situation } from './command.ts';
import { addressOf, nameOf } from './place.ts';
import { plain } from './plain.ts';
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

/** A demand that holds words of danger is heard however long it is: it is cut to `most` characters. */
export function cutWhenDangerous(text: string, most: number): string {
  if (!soundsDangerous(text)) return text;
  const written = [...plain(text.slice(0, most * 8))];
  return written.length > most ? `${written.slice(0, most - 1).join('')}…` : text;
}
