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

/** Half-width columns of a name. */
const nameWidth = 16;

/** “4 个在等人认领，2 个有人在办，这个月实现了 3 个”. */
export function sumOfWall({ open, claimed, fulfilled }: WishWall): string {
  return [
    open > 0 ? `${open} 个在等人认领` : '现在没有等人认领的心愿',
    claimed > 0 ? `${claimed} 个有人在办` : '',
    fulfilled > 0 ? `这个月实现了 ${fulfilled} 个` : '',
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
export const wallRule = '力所能及就好，不收钱、不转账；要钱、要验证码的，别理，告诉团干部。';

/** The wall as text, a wish a line. */
export function wallText(wall: WishWall): string {
  const lines = wall.wishes.map(
    ({ number, text, name }) => `${number} 号　${oneLine(text)}${signature(name)}`,
  );
  return [sumOfWall(wall), ...lines, restOfWall(wall)].filter(Boolean).join('\n');
}
