/** “你说我办” as a picture card: what a group asked for in a month and what was done. No names, nobody's words. */
import type { Node } from '@takumi-rs/core';
import type { MonthReport } from '../../domain/listening/month.ts';
import { body, caption, column, filler, heading, row, rule, section, sheet } from './layout.ts';
import { oneLine } from './legible.ts';
import { askedWords, doneWords, invitation, monthName, namesFields } from './month-text.ts';
import { palette, size, weight } from './palette.ts';
import { drawCard } from './renderer.ts';

/** Draws the card: a PNG 900 pixels wide. Notes are the cadre's own lines, made one line each. */
export function drawMonth(report: MonthReport): Promise<Uint8Array> {
  const { asked, fields, answered, left, notes, month } = report;
  return drawCard(
    sheet(
      [
        heading('你说我办', [monthName(month)]),
        row(12, [
          figure(asked, '收到', palette.ink),
          figure(answered, '答复', palette.green),
          figure(left, '还在办', palette.rust),
        ]),
        rule(),
        section('你说的', '', namesFields(fields) ? fields.map(fieldLine) : [body(askedWords(report))]),
        rule(),
        section('我办的', '', [
          body(doneWords(report)),
          ...notes.map((note) =>
            row(
              8,
              [
                body('·', { color: palette.green, fontWeight: weight.bold, flexShrink: 0 }),
                body(oneLine(note), { flexGrow: 1, flexBasis: 0, minWidth: 0 }),
              ],
              { alignItems: 'flex-start' },
            ),
          ),
        ]),
        caption(invitation),
      ],
      '联青 · 只有数目，没有名字',
    ),
  );
}

function figure(count: number, name: string, colour: string): Node {
  return column(
    0,
    [
      body(String(count), {
        fontSize: 34,
        fontWeight: weight.bold,
        lineHeight: 1.2,
        color: colour,
        textAlign: 'center',
      }),
      caption(name, { textAlign: 'center' }),
    ],
    {
      flexGrow: 1,
      flexBasis: 0,
      paddingTop: 8,
      paddingBottom: 8,
      backgroundColor: palette.raised,
      borderRadius: 10,
    },
  );
}

function fieldLine({ name, count }: MonthReport['fields'][number]): Node {
  return row(8, [
    body(oneLine(name)),
    filler,
    body(`${count} 件`, { color: palette.soft, fontSize: size.body }),
  ]);
}
