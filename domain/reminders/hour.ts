/** The hour that somebody chooses for their digest. */
import { foldWidths } from '../calendar/chinese-numbers.ts';
import { earliestDigest, latestDigest } from './stages.ts';

export type HourReading =
  | { readonly kind: 'minute'; readonly minute: number }
  | { readonly kind: 'fault'; readonly say: string };

const pattern =
  /^(?:每天|每晚|下午|傍晚|晚上|晚)?\s*(\d{1,2})\s*(?:[:.]\s*(\d{2})|点\s*(?:(半)|(\d{1,2})\s*分?)?)$/u;

/** Reads “20:30”, “晚上8点半”, “20点”: minutes after midnight in Asia/Shanghai. Never throws. */
export function readHour(text: string): HourReading {
  const found = pattern.exec(foldWidths(text.slice(0, 20)).trim());
  if (!found) return fault;
  const [, hours, minutes, half, more] = found;
  const hour = Number(hours);
  // Nobody is reminded in the morning: 8点半 is the evening's.
  const minute = (hour < 12 ? hour + 12 : hour) * 60 + (half ? 30 : Number(minutes ?? more ?? 0));
  const isTime = Number(minutes ?? more ?? 0) < 60 && hour < 24;
  return isTime && minute >= earliestDigest && minute <= latestDigest ? { kind: 'minute', minute } : fault;
}

const fault = {
  kind: 'fault',
  say: `请写 ${clockOf(earliestDigest)} 到 ${clockOf(latestDigest)} 之间的时间，比如：/提醒 20:30`,
} as const;

/** “20:30”. */
export function clockOf(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
