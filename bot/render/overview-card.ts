/** All requirements of a cadre on one picture: readable on a phone with twenty-five of them. */
import type { Node } from '@takumi-rs/core';
import type { Overview, OverviewRow } from '../../domain/standing/overview.ts';
import type { Verdict } from '../../domain/standing/progress.ts';
import type { Status } from '../../domain/standing/standing.ts';
import { body, caption, column, heading, hung, row, rule, section, sheet } from './layout.ts';
import { mark, markColour, markImages } from './marks.ts';
import { legibleName } from './overview-names.ts';
import {
  amountOf,
  detailOf,
  endingOf,
  periodHeading,
  rosterRule,
  scopeWords,
  showsRoster,
  statusWord,
} from './overview-words.ts';
import { size, weight } from './palette.ts';
import { fullDate } from './progress-words.ts';
import { drawCard } from './renderer.ts';

const verdictOf: Readonly<Record<Status, Verdict>> = {
  met: 'met',
  underway: 'underway',
  due_soon: 'underway',
  missed: 'missed',
  unknown: 'unknown',
  not_applicable: 'none',
};

/** Draws the sheet: a PNG 900 pixels wide. Status is told by shape and word as well as by colour. */
export function drawOverview(overview: Overview): Promise<Uint8Array> {
  const { sections } = overview;
  const rows = sections.flatMap((one) => one.rows);
  const met = rows.filter(({ status }) => status === 'met').length;
  const card = sheet(
    [
      heading(`${scopeWords[overview.scope]}要做的`, [
        `${legibleName(overview.unit, 48)} ${legibleName(overview.cadre, 28)}`.trim(),
        fullDate(overview.today),
        `方案：${legibleName(overview.policy, 40)}`,
      ]),
      ...(rows.length === 0
        ? [body('这一段时间没有能算出来的要求。')]
        : [body(`能算出来的 ${rows.length} 项，已达成 ${met} 项。`, { fontWeight: weight.medium })]),
      ...(showsRoster(overview) ? [caption(rosterRule)] : []),
      ...sections.flatMap((one) => [
        rule(),
        section(periodHeading(one.period, one.rows), '', [column(9, one.rows.map(line))]),
      ]),
      ...endingOf(overview, 240).flatMap(({ title, lines }) => [
        rule(),
        section(
          title,
          '',
          lines.map((one) => caption(one)),
        ),
      ]),
    ],
    '联青 · 只给您自己看，不排名',
  );
  return drawCard(card, markImages);
}

function line(entry: OverviewRow): Node {
  const verdict = verdictOf[entry.status];
  const detail = detailOf(entry);
  const head = row(
    8,
    [
      column(0, [mark(verdict, 20)], { paddingTop: 1 }),
      body(entry.name, { flexGrow: 1, flexBasis: 0, minWidth: 0, lineHeight: 1.4 }),
      body(amountOf(entry), { flexShrink: 0, lineHeight: 1.4 }),
      body(statusWord(entry), {
        fontSize: size.caption,
        fontWeight: weight.medium,
        color: markColour[verdict],
        flexShrink: 0,
        lineHeight: 1.5,
      }),
    ],
    { alignItems: 'flex-start' },
  );
  return detail === '' ? head : column(0, [head, hung(0, [caption(detail, { lineHeight: 1.35 })])]);
}
