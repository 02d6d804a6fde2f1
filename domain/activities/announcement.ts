/**
 * What a cadre types to announce an activity, taken apart: “明晚7点，操场，飞盘局”, “时间：…地点：…主题：…”. What has no label is
 * guessed; the reading is meant to be echoed before anything is posted.
 */
import { parseDateTime } from '../calendar/chinese-datetime.ts';
import type { ActivityFault, AnnouncedPlan } from './activity.ts';
import { formOf, isNoise, meetingIn, placeIn, soundsLikeTitle } from './announcement-words.ts';

/** `assumed`: the half-day was not written and is the likeliest one. */
export type AnnouncementReading =
  | { readonly kind: 'read'; readonly plan: AnnouncedPlan; readonly assumed: boolean }
  | ActivityFault;

type Label = 'time' | 'place' | 'title' | 'form';

const labels: Readonly<Record<string, Label>> = {
  时间: 'time',
  日期: 'time',
  地点: 'place',
  地址: 'place',
  名称: 'title',
  主题: 'title',
  活动: 'title',
  题目: 'title',
  形式: 'form',
};

const labelNames = Object.keys(labels).join('|');
/** `时间：`, `活动地点:`, `【时间】`. “志愿活动：植树” is no label: 活动 alone stands at a word's beginning. */
const label = new RegExp(
  `(?:【(?:活动|集合)?(?<boxed>${labelNames})】\\s*[:：]?|(?:活动|集合)?(?<plain>(?!活动)(?:${labelNames}))\\s*[:：]|(?<![\\p{L}\\p{N}])(?<alone>活动)\\s*[:：])`,
  'gu',
);
/** The same behind another label, where separators may be missing: “地点：操场活动：飞盘局”. */
const laterLabel = /活动\s*[:：]/u;

const separator = /[\s，,、；;。\n]+/u;
const separatorEdges = /^[\s，,、；;。\n]+|[\s，,、；;。\n]+$/gu;
const formWord = /^(?:线上|线下)(?:活动|进行|举行|开展)?$/u;

/**
 * Reads an announcement as said at `now` (milliseconds since the epoch). Never throws; a fault says why there is no
 * time in it. A first word 线上 or 线下 settles the form; a title that is missing is left empty.
 */
export function readAnnouncement(written: string, now: number): AnnouncementReading {
  const { free, labelled } = labelledParts(written);
  const timed = readTime(free, labelled, now);
  if (timed.kind === 'fault') return { kind: 'fault', say: timed.say };
  const { at, until, assumed } = timed;
  const words = wordsOf(timed.free).filter((word) => !formWord.test(word.text) && !isNoise(word.text));
  const away = formOf(free, timed.labelled.form, '', written) === 'online';
  const guessed = guess(timed.free, words, timed.labelled, away);
  const offline = formOf(free, timed.labelled.form, guessed.place, written) === 'offline';
  return {
    kind: 'read',
    plan: { ...guessed, startsAt: at, endsAt: until, offline },
    assumed,
  };
}

type Labelled = Readonly<Partial<Record<Label, string>>>;

/** The labelled values, each up to the next label, and what stands before the first one. */
function labelledParts(written: string): { readonly free: string; readonly labelled: Labelled } {
  const found = [...written.matchAll(label)].map((match) => ({
    label: labels[match.groups?.boxed ?? match.groups?.plain ?? match.groups?.alone ?? ''],
    from: match.index,
    to: match.index + match[0].length,
  }));
  const labelled: Partial<Record<Label, string>> = {};
  const [first] = found;
  found.forEach(({ label: name, to }, index) => {
    if (name === undefined) return;
    let value = written.slice(to, found[index + 1]?.from);
    const late = laterLabel.exec(value);
    if (late && name !== 'title') {
      labelled.title ??= trimmed(value.slice(late.index + late[0].length));
      value = value.slice(0, late.index);
    }
    labelled[name] ??= trimmed(value);
  });
  return { free: first ? written.slice(0, first.from) : written, labelled };
}

/** The date-time: where 时间 says so, else among the free words, else in a labelled value. What is left stays. */
function readTime(free: string, labelled: Labelled, now: number) {
  if (labelled.time !== undefined) {
    const read = parseDateTime(labelled.time, now);
    return read.kind === 'fault' ? read : { ...read, labelled, free: `${free}\n${read.rest}` };
  }
  const read = parseDateTime(free, now);
  if (read.kind === 'read') return { ...read, labelled, free: read.rest };
  for (const name of ['title', 'place'] as const) {
    const inside = parseDateTime(labelled[name] ?? '', now);
    if (inside.kind === 'read')
      return { ...inside, labelled: { ...labelled, [name]: trimmed(inside.rest) }, free };
  }
  return read;
}

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The words with their places. Where somebody wrote lines, or sent a form, each line is one. */
function wordsOf(text: string): readonly Word[] {
  const lines = text.split('\n').filter((line) => trimmed(line) !== '' && !isNoise(trimmed(line)));
  const between = lines.length > 1 ? /\n+/u : separator;
  const words: Word[] = [];
  let from = 0;
  for (const piece of text.split(new RegExp(`(${between.source})`, 'u'))) {
    if (piece !== '' && trimmed(piece) !== '')
      words.push({ text: trimmed(piece), from, to: from + piece.length });
    from += piece.length;
  }
  return words;
}

/** Title and place out of the words without a label, beside those that have one. */
function guess(
  text: string,
  words: readonly Word[],
  labelled: Labelled,
  away: boolean,
): { readonly title: string; readonly place: string } {
  const all = () => joined(text, words);
  if (labelled.title !== undefined && labelled.place !== undefined)
    return { title: labelled.title, place: labelled.place };
  if (labelled.place !== undefined) return { title: all(), place: labelled.place };
  if (labelled.title !== undefined) return { title: labelled.title, place: placeIn(all()) ?? all() };
  const run = placeRun(words, away);
  const rest = words.filter((word) => !run.includes(word));
  const place = joined(text, run);
  if (run.length === 1 && run[0]) {
    const inside = placeIn(run[0].text);
    const behind = inside === undefined ? '' : run[0].text.slice(run[0].text.indexOf(inside) + inside.length);
    const act = trimmed(behind.replace(/^(?:举行|举办|开展|集合|见面|见)/u, ''));
    if (inside !== undefined)
      return { place: inside, title: [act, joined(text, rest)].filter(Boolean).join(' ') };
  }
  return { title: joined(text, rest), place };
}

/** Which of the words name the place: those that say so, else (not online) the one that sounds least like a title. */
function placeRun(words: readonly Word[], away: boolean): readonly Word[] {
  const [first, ...others] = words;
  if (!first) return [];
  const says = (word: Word) => meetingIn(word.text) || placeIn(word.text) !== undefined;
  if (others.length === 0)
    return placeIn(first.text) !== undefined && /^[在于]/u.test(first.text) ? [first] : [];
  const at = words.findIndex(says);
  if (at >= 0) {
    const run = words.slice(at).findIndex((word, index) => index > 0 && !says(word) && !isNumber(word.text));
    const found = words.slice(at, run < 0 ? undefined : at + run);
    return found.length === words.length ? [first] : found;
  }
  if (away) return [];
  const last = others.at(-1);
  if (!soundsLikeTitle(first.text)) return [first];
  return last && words.length === 2 && !soundsLikeTitle(last.text) ? [last] : [];
}

/** A meeting's number goes with its name: 腾讯会议 123 456 789. */
function isNumber(text: string): boolean {
  return /^(?:会议号|房间号|密码|ID)?[:：]?[\d-]+$/iu.test(text);
}

/** Words as they were written, with what stood between them; where others stood between, with a space. */
function joined(text: string, words: readonly Word[]): string {
  let kept = '';
  words.forEach(({ text: word, from }, index) => {
    const before = words[index - 1];
    const gap = before && text.slice(before.to, from);
    kept += (gap === undefined ? '' : trimmed(gap) === '' ? gap.replace(/\s+/gu, ' ') : ' ') + word;
  });
  return kept;
}

function trimmed(text: string): string {
  return text.replace(separatorEdges, '');
}
