/** What 进度 says, in the words that its card and its text form share. */
import { civilOf, type Day, weekdayOf } from '../../domain/calendar/day.ts';
import type { Cadence, Progress, Verdict } from '../../domain/standing/progress.ts';
import { oneLine, shorten } from './legible.ts';

export const verdictWords: Readonly<Record<Verdict, string>> = {
  met: '达成',
  underway: '进行中',
  missed: '未达成',
  unknown: '不确定',
  none: '未计入',
};

export const guessRule = '“推测”：没有直接回应，但发出后两小时内在群里说过话。';
export const topicHint = '发“/话题 推荐”，可以挑一个开始。';
export const unknownRule = '没听全、也没听到声音的日子记作“不确定”，不算“未达成”。';
/** What is not counted; what is only advised is never missed. */
export function noneRule({ advised }: Progress): string {
  return advised.length === 0
    ? '绑定之前和还没到的日子“未计入”。'
    : '绑定之前、还没到的，和只是建议而没做到的，“未计入”。';
}

/** “日常有声音（建议，不作要求）”: as the policy in force calls it. */
export function fullName({ names, advised }: Progress, measure: Cadence): string {
  return `${names[measure]}${advised.includes(measure) ? `（${adviceWord}）` : ''}`;
}

/** What stands beside a section's title: the period, and whether it is only advised. */
export function noteOf({ advised }: Progress, measure: Cadence, note: string): string {
  return [note, ...(advised.includes(measure) ? [adviceWord] : [])].filter(Boolean).join('，');
}

const adviceWord = '建议，不作要求';

/** The group's name, or what stands for one that has none to show; at most `width` half-width columns. */
export function groupName(progress: Progress, width: number): string {
  return shorten(oneLine(progress.group), width) || '（未命名的群）';
}

/** The unit's name, at most `width` half-width columns; empty where there is none. */
export function unitName(progress: Progress, width: number): string {
  return shorten(oneLine(progress.unit), width);
}

/** The cadre's name, at most `width` half-width columns. */
export function cadreName(progress: Progress, width: number): string {
  return shorten(oneLine(progress.cadre), width) || '（未留姓名）';
}

/** “2026 年 9 月 28 日，星期一”. */
export function fullDate(day: Day): string {
  const { year, month, date } = civilOf(day);
  return `${year} 年 ${month} 月 ${date} 日，星期${weekdayNames[weekdayIndex(day)]}`;
}

/** “9 月 28 日”. */
export function shortDate(day: Day): string {
  const { month, date } = civilOf(day);
  return `${month} 月 ${date} 日`;
}

/** “9/28”, for the narrow column of a table. */
export function slashDate(day: Day): string {
  const { month, date } = civilOf(day);
  return `${month}/${date}`;
}

export const weekdayNames = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** Days since Monday, 0–6. */
export function weekdayIndex(day: Day): number {
  return weekdayOf(day) - 1;
}

/** “2026-09” → “2026 年 9 月”. */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${year} 年 ${Number(number)} 月`;
}

/** “2026-Q3” → “2026 年第三季度”. */
export function quarterName(quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return `${year} 年第${['一', '二', '三', '四'][Number(number) - 1] ?? ''}季度`;
}

/** The verdict of today's voice; `none` if today is not among the days. */
export function todayVoice({ voice, today }: Progress): Verdict {
  return voice.days.find(({ day }) => day === today)?.verdict ?? 'none';
}

/** The verdict of the week that holds today. */
export function thisWeek({ weeks, today }: Progress): Verdict {
  return weeks.find(({ from, to }) => from <= today && today <= to)?.verdict ?? 'none';
}

/** How many days of the month have this verdict. */
export function daysOf({ voice }: Progress, verdict: Verdict): number {
  return voice.days.filter((day) => day.verdict === verdict).length;
}

/** A week's verdict in a word; a week not counted is either still to come or before the binding. */
export function weekWord(week: Progress['weeks'][number], today: Day): string {
  if (week.verdict !== 'none') return verdictWords[week.verdict];
  return week.from > today ? '还没到' : verdictWords.none;
}

/** The topic's title in quotation marks, at most `width` half-width columns; undefined where none was posted. */
export function topicTitle({ topic }: Progress, width: number): string | undefined {
  if (topic.title === undefined) return undefined;
  return `“${shorten(oneLine(topic.title), width) || '（没有标题）'}”`;
}

/** What a month without a topic says. */
export function noTopicWords({ topic }: Progress): string {
  return topic.verdict === 'missed' ? '这个月没有发布话题。' : '这个月还没有发布话题。';
}

/** What a topic lacks where the number alone would not say it: somebody who clearly took part (design.md, counting rule 5). */
export function topicLack({ topic }: Progress): string {
  const enough = topic.clear + topic.inferred >= topic.needed;
  return enough && topic.clear < topic.neededClear ? `，其中至少 ${topic.neededClear} 人明确` : '';
}

/** How many have to be met in person. */
export function faceRule({ faceToFace: { neededPercent } }: Progress): string {
  return `见过的青年超过${neededPercent === 50 ? '一半' : ` ${neededPercent}% `}即达成。`;
}

/** What was held in the quarter, and how long it still runs. */
export function activityWords({ activity }: Progress): string {
  const { needed } = activity;
  const of = needed > 1 ? `，要 ${needed} 次` : '';
  const held = activity.held > 0 ? `已办 ${activity.held} 次${of}` : `还没有办${of}`;
  const left = activity.daysLeft > 0 ? `离季末还有 ${activity.daysLeft} 天` : '今天是季度最后一天';
  return `${held}，${left}。`;
}

/** “本月机器人在听 92%（28 天中 25 天全天）” (design.md, counting rule 8); percent rounded down. */
export function coverageWords({ coverage }: Progress): string {
  if (coverage.of === 0) return '本月还没有可计的时段';
  const percent = Math.floor((coverage.heard / coverage.of) * 100);
  return `本月机器人在听 ${percent}%（${coverage.days} 天中 ${coverage.fullDays} 天全天）`;
}
