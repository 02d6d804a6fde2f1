/** The figures of an event file as a text for people. */
import type { GroupFigures } from '../../domain/presence/figures.ts';
import type { ReplayResult } from './replay.ts';

/** Bad lines that are shown one by one; of the others only how many. */
const shownBad = 20;

/** A readable report in Chinese: a paragraph a group, then the bad lines. Counts of people only. */
export function formatReplay(result: ReplayResult): string {
  const groups = Object.entries(result.groups);
  const parts = groups.map(([id, group]) => formatGroup(id, group));
  if (groups.length === 0) parts.push('文件里没有可用的记录。');
  if (result.bad.length > 0) parts.push(formatBad(result));
  return `${parts.join('\n\n')}\n`;
}

function formatGroup(id: string, group: GroupFigures): string {
  const active = Object.values(group.activeByDay);
  const average = active.length === 0 ? 0 : active.reduce((sum, count) => sum + count, 0) / active.length;
  const lines = [
    `群 ${printable(id)}`,
    `  有声音的日子：${group.voiceDays.length} 天${spanOf(group.voiceDays)}`,
    ...(group.unknownDays.length > 0
      ? [`  没听全、说不准的日子：${group.unknownDays.length} 天${spanOf(group.unknownDays)}`]
      : []),
    `  有青年发言的日子：${active.length} 天${active.length > 0 ? `，平均每天 ${average.toFixed(1)} 人` : ''}`,
    `  每周互动：${listed(Object.entries(group.weeks), ([week, { exchange }]) => `${week} ${exchange} 人`)}`,
    `  话题：${listed(
      Object.entries(group.topics),
      ([topic, { month, clear, inferred }]) =>
        `${printable(topic)}（${month}）明确参与 ${clear} 人、推测参与 ${inferred} 人`,
    )}`,
    `  线下活动：${listed(
      Object.entries(group.quarters),
      ([quarter, { activities }]) => `${quarter} ${activities} 次`,
    )}`,
    `  面对面：${listed(Object.entries(group.years), ([year, { met }]) => `${year} 年 ${met} 人`)}`,
  ];
  return lines.join('\n');
}

function formatBad({ bad }: ReplayResult): string {
  const lines = bad.slice(0, shownBad).map(({ line, why }) => `  第 ${line} 行：${why}`);
  if (bad.length > shownBad) lines.push(`  还有 ${bad.length - shownBad} 行`);
  return [`有 ${bad.length} 行没有用上：`, ...lines].join('\n');
}

function spanOf(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? `（${first}）` : `（${first} 至 ${last}）`;
}

function listed<Item>(items: readonly Item[], show: (item: Item) => string): string {
  return items.length === 0 ? '无' : items.map(show).join('；');
}

/** An id out of a file may hold anything: control and direction characters would disturb the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
