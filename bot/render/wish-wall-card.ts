/** The wish wall as a picture: a note a wish. */
import type { Node } from '@takumi-rs/core';
import { body, caption, column, filler, heading, row, sheet, strong } from './layout.ts';
import { oneLine, shorten } from './legible.ts';
import { palette, size } from './palette.ts';
import { drawCard } from './renderer.ts';
import { restOfWall, signature, sumOfWall, type WishWall, wallRule } from './wish-wall-text.ts';

/** Half-width columns. */
const room = { group: 40, wish: 130 };

/** The papers of the notes, in turn; `ink` reaches 4.5:1 on each. */
const papers = ['#fdf0cf', '#e9f2e4', '#e6eff7', '#f6e6e4'] as const;

/**
 * Draws a group's wall: a PNG 900 pixels wide, as high as its wishes. Texts and names are people's own: made fit, and
 * shortened. Throws only where the renderer cannot work at all.
 */
export function drawWall(wall: WishWall): Promise<Uint8Array> {
  const rest = restOfWall(wall);
  return drawCard(
    sheet(
      [
        heading('心愿墙', [shorten(oneLine(wall.group), room.group), sumOfWall(wall)]),
        ...(wall.wishes.length > 0 ? wall.wishes.map(note) : [invitation()]),
        ...(rest === '' ? [] : [caption(rest)]),
        ...(wall.wishes.length > 0
          ? [body('认领：私聊联青发 /心愿 认领 编号', { color: palette.soft })]
          : []),
      ],
      wallRule,
    ),
  );
}

function note({ number, text, name }: WishWall['wishes'][number], index: number): Node {
  const signed = signature(name);
  return column(
    4,
    [
      row(8, [
        strong(`${number} 号`, { color: palette.rust, fontSize: size.caption }),
        filler,
        ...(signed === '' ? [] : [caption(signed, { flexShrink: 0, color: palette.ink })]),
      ]),
      body(shorten(oneLine(text), room.wish), { fontSize: 17 }),
    ],
    {
      padding: 14,
      backgroundColor: papers[index % papers.length] ?? papers[0],
      borderLeft: `5px solid ${palette.rust}`,
      borderRadius: 8,
    },
  );
}

function invitation(): Node {
  return column(4, [body('有小心愿，私聊联青发 /心愿 加内容，墙上不写名字。', { fontSize: 17 })], {
    padding: 18,
    backgroundColor: papers[0],
    borderRadius: 8,
  });
}
