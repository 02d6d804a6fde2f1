/** What is said about wishes: the wall, and one of them. */
import { dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import { monthOf } from '../../../domain/calendar/period.ts';
import { type Wish, wishStageNames } from '../../../domain/listening/wish.ts';
import type { Db } from '../../../prisma/database.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { namesOf } from '../../../prisma/store/demands.ts';
import { countWishes, hangingWishes, type WishRow } from '../../../prisma/store/wishes.ts';
import type { GroupHere } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { oneLine, shorten } from '../../render/legible.ts';
import { type WishWall, wallRule, wallText } from '../../render/wish-wall-text.ts';

/** Of a wall; a card or a picture with more is not read. */
const shownOnWall = 10;
const mostButtons = 6;
/** Half-width columns of one's own in a list. */
const shownWidth = 80;

/** A group's wall at an instant. */
export async function wallOf(db: Db, group: GroupHere, now: number): Promise<WishWall> {
  const rows = await hangingWishes(db, group.id, shownOnWall);
  const names = await namesOf(
    db,
    rows.filter(({ named }) => named).map(({ wisher }) => wisher),
  );
  return {
    group: nameOf(group),
    wishes: rows.map(({ number, text, named, wisher }) => ({
      number,
      text,
      name: named ? plain(names.get(wisher) ?? '') : undefined,
    })),
    ...(await countWishes(db, group.id, startOfDay(monthOf(dayOf(now)).from))),
  };
}

/** The wall as a card; what one can take on has a button. */
export function wallCard(group: GroupHere, wall: WishWall): Draft {
  const foot = `认领发 /心愿 认领 编号；许一个发 /心愿 加内容，私聊我发，大家不知道是谁。\n${wallRule}`;
  return card(
    '心愿墙',
    `${wallText(wall)}\n\n${foot}`,
    wall.wishes.slice(0, mostButtons).map(({ number }) => ({
      label: `认领 ${number} 号`,
      command: `/心愿 认领 群#${group.id} ${number}`,
    })),
  );
}

/**
 * What somebody is called to the other side of a wish. A cadre is known as such; what others call themselves stands in
 * quotes, so that nobody's nickname makes them one.
 */
export async function calledIn(
  db: Db,
  groupId: number,
  personId: number | undefined,
  now: number,
): Promise<string> {
  const cadre = await cadreOfGroup(db, groupId, dayOf(now));
  if (cadre && cadre.personId === personId) return `团干部${plain(cadre.name)}`;
  const name = personId === undefined ? '' : ((await namesOf(db, [personId])).get(personId) ?? '');
  const shown = plain(oneLine(name)).replace(/["“”]/gu, '');
  return shown === '' ? '一位小伙伴' : `小伙伴“${shown}”`;
}

/** Until when a wish hangs, and that it can be renewed. */
export function hangsUntil({ number, expiresAt }: Wish, now: number): string {
  return `挂到 ${formatDateTime(expiresAt, now)}；到时候没等到，还可以发 /心愿 续 ${number} 接着挂`;
}

/** A wish of one's own, or one taken on, as a line for that person. */
export function wishLine(row: WishRow & { readonly group: string }, personId: number): string {
  const mine = row.wisher === personId;
  const where = nameOf({ id: row.groupId, name: row.group });
  const said = row.words === undefined ? '' : `\n${row.state === 'declined' ? '原因' : '回话'}：${row.words}`;
  const what = row.text === '' ? '' : `：${shorten(oneLine(row.text), shownWidth)}`;
  return `${mine ? '心愿' : '认领的心愿'} 第 ${row.number} 号（${where}）${wishStageNames[row.state]}${what}${said}`;
}
