/** What somebody sees of their own besides demands: wishes, mutual help, questions. */

import { helpsOf } from '../../../prisma/store/helps.ts';
import { inquiriesOf } from '../../../prisma/store/inquiries.ts';
import { wishesOf } from '../../../prisma/store/wishes.ts';
import type { Situation } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { oneLine, shorten } from '../../render/legible.ts';
import { ownLine } from '../voices/help-own.ts';
import { wishLine } from '../voices/wish-words.ts';

const shownOfEach = 5;
/** Half-width columns of a question. */
const shownWidth = 80;

/** A line for each of the latest, and how they are taken back; empty where there is none. */
export async function voicesOf({ db, person }: Situation): Promise<readonly string[]> {
  const wishes = await wishesOf(db, person.id, shownOfEach);
  const helps = await helpsOf(db, person.id, shownOfEach);
  const inquiries = await inquiriesOf(db, person.id, shownOfEach);
  const lines = wishes.map((row) => wishLine(row, person.id));
  for (const row of helps) lines.push(await ownLine(db, row));
  for (const { groupId, group, number, text, answer } of inquiries) {
    const where = nameOf({ id: groupId, name: group });
    lines.push(
      `问的第 ${number} 个（${where}）：${shorten(oneLine(text), shownWidth)}\n${answer === undefined ? '等答复' : `答复：${answer}`}`,
    );
  }
  const commands = [
    wishes.some(({ wisher }) => wisher === person.id) ? '/心愿' : '',
    helps.length > 0 ? '/互助' : '',
    inquiries.length > 0 ? '/问' : '',
  ].filter(Boolean);
  return commands.length === 0
    ? lines
    : [...lines, `收回这些，发 ${commands.map((name) => `${name} 撤回 编号`).join('、')}。`];
}
