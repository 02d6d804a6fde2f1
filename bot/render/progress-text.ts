/** 进度 in words: for those who cannot see the card, and beside every card as its description. */
import { civilOf } from '../../domain/calendar/day.ts';
import type { Progress, Verdict } from '../../domain/standing/progress.ts';
import { legibleName } from './overview-names.ts';
import * as words from './progress-words.ts';

/** Half-width columns a name may take: all but absurd ones are whole. */
const room = 120;

/**
 * Everything that the card of 进度 shows, as plain Chinese lines that a screen reader reads in order:
 * no signs, no tables, every verdict a word. Counts of people only.
 */
export function progressText(progress: Progress): string {
  const { met, roster, percent } = progress.faceToFace;
  const unit = words.unitName(progress, room);
  return [
    `${words.groupName(progress, room)}的进度`,
    `团干部：${words.cadreName(progress, room)}`,
    ...(unit ? [`团组织：${unit}`] : []),
    `日期：${words.fullDate(progress.today)}`,
    `群里青年：${progress.youths} 人`,
    '',
    ...voiceLines(progress),
    '',
    ...weekLines(progress),
    '',
    ...topicLines(progress),
    '',
    `四、${words.fullName(progress, 'activity')}，${words.quarterName(progress.activity.quarter)}：${words.verdictWords[progress.activity.verdict]}。`,
    words.activityWords(progress),
    '',
    `五、${words.fullName(progress, 'face-to-face')}，${progress.faceToFace.year} 年：${words.verdictWords[progress.faceToFace.verdict]}。`,
    `已见 ${met} 人，共 ${roster} 人，占 ${percent}%。${words.faceRule(progress)}`,
    '',
    ...(progress.raised.length === 0
      ? []
      : ['本单位另有要求', ...progress.raised.map((one) => legibleName(one, 400)), '']),
    `${words.coverageWords(progress)}。`,
    `${words.unknownRule}${words.noneRule(progress)}`,
    '',
    '联青只统计人数，不记录聊天内容。',
  ].join('\n');
}

const dayWords: readonly (readonly [Verdict, string])[] = [
  ['met', '有声音'],
  ['missed', '没有声音'],
  ['unknown', '不确定'],
  ['none', '未计入'],
];

function voiceLines(progress: Progress): string[] {
  const { voice } = progress;
  const lines = dayWords.flatMap(([verdict, word]) => {
    const dates = voice.days.filter((day) => day.verdict === verdict).map(({ day }) => civilOf(day).date);
    return dates.length === 0 ? [] : [`${word} ${dates.length} 天：${runs(dates)}。`];
  });
  const verdict = words.todayVoice(progress);
  const now =
    verdict === 'underway' ? '今天还没有听到声音，还来得及。' : `今天：${words.verdictWords[verdict]}。`;
  return [`一、${words.fullName(progress, 'voice')}，${words.monthName(voice.month)}`, now, ...lines];
}

/** “1 日至 5 日、8 日”: successive dates are drawn together. */
function runs(dates: readonly number[]): string {
  const found: [number, number][] = [];
  for (const date of dates) {
    const last = found.at(-1);
    if (last && last[1] === date - 1) last[1] = date;
    else found.push([date, date]);
  }
  return found.map(([from, to]) => (from === to ? `${from} 日` : `${from} 日至 ${to} 日`)).join('、');
}

function weekLines(progress: Progress): string[] {
  const { weeks, today } = progress;
  const lines = weeks.map((week) => {
    const span = `${words.shortDate(week.from)}至 ${words.shortDate(week.to)}`;
    const now = week.from <= today && today <= week.to ? '（本周）' : '';
    const counts = week.verdict === 'none' ? '' : `有来有往 ${week.exchange} 人，需 ${week.needed} 人。`;
    return `${span}${now}：${words.weekWord(week, today)}。${counts}`;
  });
  return [`二、${words.fullName(progress, 'interaction')}`, ...lines];
}

function topicLines(progress: Progress): string[] {
  const { clear, inferred, needed, verdict } = progress.topic;
  const head = `三、${words.fullName(progress, 'topic')}，${words.monthName(progress.voice.month)}：${words.verdictWords[verdict]}。`;
  const title = words.topicTitle(progress, room);
  if (title === undefined) {
    const hint = verdict === 'missed' ? [] : [words.topicHint];
    return [head, words.noTopicWords(progress), ...hint];
  }
  return [
    head,
    `话题${title}：明确参与 ${clear} 人，推测参与 ${inferred} 人，共 ${clear + inferred} 人，需 ${needed} 人${words.topicLack(progress)}。`,
    words.guessRule,
  ];
}
