/** The wish wall as text, and the words that its picture and its card share. */
import { oneLine, shorten } from './legible.ts';

/** A group's wall as people see it: no names but of those who want theirs there. */
export interface WishWall {
  readonly group: string;
  /** The wishes that wait, the oldest first, as many as are shown. */
  readonly wishes: readonly {
    readonly number: number;
    readonly text: string;
    readonly name: string | undefined;
  }[];
  /** All that wait, all that somebody has taken on, and those fulfilled this month. */
  readonly open: number;
  readonly claimed: number;
  readonly fulfilled: number;
}

/** Half-width columns of a name, and of a wish in a text: whole it is shown to who takes it on. */
const nameWidth = 16;
const wishWidth = 90;

/** “4 个等人认领，2 个有人在办，本月实现 3 个”. */
export function sumOfWall({ open, claimed, fulfilled }: WishWall): string {
  return [
    open > 0 ? `${open} 个等人认领` : '现在没有等人认领的',
    claimed > 0 ? `${claimed} 个有人在办` : '',
    fulfilled > 0 ? `本月实现 ${fulfilled} 个` : '',
  ]
    .filter(Boolean)
    .join('，');
}

/** How many are not shown, in words; empty where all are. */
export function restOfWall({ open, wishes }: WishWall): string {
  return open > wishes.length ? `还有 ${open - wishes.length} 个，有人认领了就轮到。` : '';
}

/** A wish's name on the wall; empty where none is wanted. */
export function signature(name: string | undefined): string {
  const shown = shorten(oneLine(name ?? ''), nameWidth);
  return shown === '' ? '' : `——${shown}`;
}

/** What one must know before one takes a wish on or makes one. */
export const wallRule = '不收钱、不转账；有人要钱、要验证码，别理，告诉团干部。';

/** The wall as text, a wish a line. */
export function wallText(wall: WishWall): string {
  const lines = wall.wishes.map(
    ({ number, text, name }) => `${number} 号　${shorten(oneLine(text), wishWidth)}${signature(name)}`,
  );
  return [sumOfWall(wall), ...lines, restOfWall(wall)].filter(Boolean).join('\n');
}
