/** 进度 as a picture card: the five “有” in the words of the policy in force, for the cadre whose they are. */
import type { Node } from '@takumi-rs/core';
import { civilOf } from '../../domain/calendar/day.ts';
import type { Progress, Verdict } from '../../domain/standing/progress.ts';
import {
  bar,
  body,
  caption,
  column,
  filler,
  heading,
  hung,
  row,
  rule,
  section,
  sheet,
  strong,
} from './layout.ts';
import { mark, markColour, markImages } from './marks.ts';
import { legibleName } from './overview-names.ts';
import { palette, size, weight } from './palette.ts';
import * as words from './progress-words.ts';
import { drawCard } from './renderer.ts';

/** Half-width columns: every name has about two lines. */
const room = { group: 50, cadre: 28, unit: 48, topic: 66 };

/**
 * Draws what 进度 shows of one group: a PNG 900 pixels wide, for a chat and legible on a phone. Verdicts
 * are told apart by shape and word as well as by colour. Counts of people only. Names may be anything: they are made
 * fit, and shortened. Throws only where the renderer cannot work at all (its font is missing).
 */
export function drawProgress(progress: Progress): Promise<Uint8Array> {
  const card = sheet(
    [
      heading(words.groupName(progress, room.group), [
        `${words.unitName(progress, room.unit)} ${words.cadreName(progress, room.cadre)}`.trim(),
        `${words.fullDate(progress.today)}　青年 ${progress.youths} 人`,
      ]),
      summary(progress),
      voice(progress),
      rule(),
      weeks(progress),
      rule(),
      topic(progress),
      rule(),
      activity(progress),
      rule(),
      faceToFace(progress),
      ...raised(progress),
      rule(),
      coverage(progress),
    ],
    '联青 · 只统计人数，不记录聊天内容',
  );
  return drawCard(card, markImages);
}

/** What the unit asks beyond the level above, with its reasons. */
function raised({ raised: lines }: Progress): readonly Node[] {
  if (lines.length === 0) return [];
  const shown = lines.map((one) => caption(legibleName(one, 240)));
  return [rule(), section('本单位另有要求', '', shown)];
}

/** The five in one line: where things stand today. */
function summary(progress: Progress): Node {
  const five: [string, string, Verdict][] = [
    ['今天', '有声音', words.todayVoice(progress)],
    ['本周', '有互动', words.thisWeek(progress)],
    ['本月', '有话题', progress.topic.verdict],
    ['本季度', '有活动', progress.activity.verdict],
    ['今年', '面对面', progress.faceToFace.verdict],
  ];
  return row(
    0,
    five.map(([period, what, verdict]) =>
      column(
        4,
        [
          caption(period, { lineHeight: 1.2 }),
          body(what, { fontWeight: weight.medium, lineHeight: 1.2 }),
          column(0, [mark(verdict, 30)], { padding: '4px 0 2px' }),
          verdictWord(verdict, words.verdictWords[verdict]),
        ],
        { alignItems: 'center', flexGrow: 1, flexBasis: 0 },
      ),
    ),
    {
      padding: '16px 6px 14px',
      backgroundColor: palette.raised,
      border: `1px solid ${palette.line}`,
      borderRadius: 12,
    },
  );
}

function verdictWord(verdict: Verdict, word: string): Node {
  return body(word, {
    fontSize: size.caption,
    fontWeight: weight.medium,
    lineHeight: 1.2,
    color: markColour[verdict],
    flexShrink: 0,
  });
}

function voice(progress: Progress): Node {
  const met = words.daysOf(progress, 'met');
  return section(
    progress.names.voice,
    words.noteOf(
      progress,
      'voice',
      `${words.monthName(progress.voice.month)}${met > 0 ? `，已有 ${met} 天` : ''}`,
    ),
    [calendar(progress), legend(progress)],
  );
}

const cell = { display: 'flex', flexGrow: 1, flexBasis: 0, justifyContent: 'center' } as const;

/** The month, a week a row, Monday first. */
function calendar({ voice: { days }, today }: Progress): Node {
  const first = days[0];
  const blanks = first ? words.weekdayIndex(first.day) : 0;
  const cells = [
    ...Array.from({ length: blanks }, () => row(0, [], cell)),
    ...days.map(({ day, verdict }) => dayCell(civilOf(day).date, verdict, day === today)),
  ];
  const rows: Node[] = [
    row(
      0,
      words.weekdayNames.map((name) => row(0, [caption(name)], cell)),
    ),
  ];
  for (let at = 0; at < cells.length; at += 7) {
    const week = cells.slice(at, at + 7);
    while (week.length < 7) week.push(row(0, [], cell));
    rows.push(row(0, week));
  }
  return column(6, rows);
}

function dayCell(date: number, verdict: Verdict, today: boolean): Node {
  const number = body(String(date), {
    fontSize: size.caption,
    lineHeight: 1.35,
    padding: '0 7px',
    borderRadius: 9,
    ...(today
      ? { color: palette.onRed, backgroundColor: palette.red, fontWeight: weight.bold }
      : { color: verdict === 'none' ? palette.soft : palette.ink }),
  });
  return column(3, [number, mark(verdict, 22)], { ...cell, alignItems: 'center' });
}

function legend({ advised }: Progress): Node {
  const missed: Verdict[] = advised.includes('voice') ? [] : ['missed'];
  const shown: Verdict[] = ['met', 'underway', ...missed, 'unknown', 'none'];
  return row(
    0,
    shown.map((verdict) => row(5, [mark(verdict, 15), verdictWord(verdict, words.verdictWords[verdict])])),
    { justifyContent: 'space-between', paddingTop: 4 },
  );
}

function weeks(progress: Progress): Node {
  const { weeks: all, today, names } = progress;
  const met = all.filter(({ verdict }) => verdict === 'met').length;
  return section(
    names.interaction,
    words.noteOf(progress, 'interaction', met > 0 ? `已有 ${met} 周` : ''),
    all.map((week) =>
      row(8, [
        mark(week.verdict, 20),
        body(`${words.slashDate(week.from)}–${words.slashDate(week.to)}`, { width: 98, flexShrink: 0 }),
        week.verdict === 'none'
          ? filler
          : body(`有来有往 ${week.exchange} 人 / 需 ${week.needed} 人`, { flexGrow: 1 }),
        verdictWord(week.verdict, words.weekWord(week, today)),
      ]),
    ),
  );
}

/** What has one verdict: its sign, what was found, and its word; below it the rest. */
function judged(verdict: Verdict, found: string, rest: Node[] = []): Node {
  const line = row(
    8,
    [
      column(0, [mark(verdict, 20)], { paddingTop: 1 }),
      body(found, { flexGrow: 1, flexBasis: 0, minWidth: 0 }),
      column(0, [verdictWord(verdict, words.verdictWords[verdict])], { paddingTop: 3 }),
    ],
    { alignItems: 'flex-start' },
  );
  return column(4, [line, ...rest]);
}

function topic(progress: Progress): Node {
  const { verdict, clear, inferred, needed } = progress.topic;
  const title = words.topicTitle(progress, room.topic);
  const hint = hung(4, [caption(words.topicHint)]);
  const joined = hung(4, [
    row(14, [body(`明确参与 ${clear} 人`), body(`推测参与 ${inferred} 人`)]),
    body(`共 ${clear + inferred} 人 / 需 ${needed} 人${words.topicLack(progress)}`),
    caption(words.guessRule),
  ]);
  return section(
    progress.names.topic,
    words.noteOf(progress, 'topic', words.monthName(progress.voice.month)),
    [
      title === undefined
        ? judged(verdict, words.noTopicWords(progress), verdict === 'missed' ? [] : [hint])
        : judged(verdict, title, [joined]),
    ],
  );
}

function activity(progress: Progress): Node {
  return section(
    progress.names.activity,
    words.noteOf(progress, 'activity', words.quarterName(progress.activity.quarter)),
    [judged(progress.activity.verdict, words.activityWords(progress))],
  );
}

function faceToFace(progress: Progress): Node {
  const { year, met, roster, percent, neededPercent, verdict } = progress.faceToFace;
  return section(progress.names['face-to-face'], words.noteOf(progress, 'face-to-face', `${year} 年`), [
    judged(verdict, `已见 ${met} / ${roster} 人`, [
      row(12, [
        bar(percent, neededPercent, markColour[verdict]),
        strong(`${percent}%`, { fontSize: size.figure, lineHeight: 1.2, flexShrink: 0 }),
      ]),
      caption(`竖线是${neededPercent === 50 ? '一半' : ` ${neededPercent}%`}，${words.faceRule(progress)}`),
    ]),
  ]);
}

function coverage(progress: Progress): Node {
  return column(2, [
    body(words.coverageWords(progress)),
    caption(`${words.unknownRule}${words.noneRule(progress)}`),
  ]);
}
