/** What the sheet of all requirements says, in the words that its card and its text form share. */
import { evidenceGrades, gradeNames } from '../../domain/deeds/kinds.ts';
import type { Requirement } from '../../domain/policy/policy.ts';
import type { Grouped, Overview, OverviewRow, Scope } from '../../domain/standing/overview.ts';
import type { Status, Why } from '../../domain/standing/standing.ts';
import { legibleName } from './overview-names.ts';
import { shortDate } from './progress-words.ts';

export const statusWords: Readonly<Record<Status, string>> = {
  met: '达成',
  underway: '进行中',
  due_soon: '快到期',
  missed: '未达成',
  unknown: '不确定',
  not_applicable: '不计',
};

/** A requirement's status in a word; advice never presses. */
export function statusWord({ status, advice }: Pick<OverviewRow, 'status' | 'advice'>): string {
  return statusWords[advice && status === 'due_soon' ? 'underway' : status];
}

export const scopeWords: Readonly<Record<Scope, string>> = {
  week: '本周',
  month: '本月',
  quarter: '本季度',
  semester: '本学期',
  year: '今年',
  all: '全部',
};

const periodWords: Readonly<Record<Requirement['period'], string>> = {
  day: '每天',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  season: '限时段',
  'half-year': '每半年',
  semester: '每学期',
  year: '每年',
  standing: '一直要有',
  once: '起步',
};

/** What stands above the requirements of a period: what the documents only call 日常 is not said to be asked for daily. */
export function periodHeading(
  period: Requirement['period'],
  rows: readonly { readonly everyday: boolean }[],
): string {
  const words = periodWords[period];
  return rows.every(({ everyday }) => everyday) ? `日常（按${words.slice(1)}看）` : words;
}

export const whyWords: Readonly<Record<Why, string>> = {
  not_bound: '不属于您这类团干部',
  exempt: '您按问答 9 免于开展',
  kind_unknown: '还没登记您属于哪类团干部',
  size_unknown: '还没登记您单位的团员青年多不多，请管理员登记',
  not_kept: '还没有记录可查',
  not_linked: '还没登记您联系的团支部或社团，请管理员登记',
  not_set: '单位还没定数',
  participants_unknown: '参加人数没有记',
  gap: '没听全',
  not_counted: '未计入',
  not_yet: '还没到时候',
  vacation: '整个月在放假',
  advice: '只是建议，已过',
  not_owner: '群主还不是您',
  owner_unknown: '还不知道群主是不是您，是就在群里发 /群主 是',
};

/** “2 / 3 次”, “60 / 100 人”; what is done or not needs no number. */
export function amountOf({ measure, have, need }: OverviewRow): string {
  const unit = unitOf(measure);
  return unit === '' || need === undefined ? '' : `${have} / ${need} ${unit}`;
}

/** What is counted for a measure; empty where it is done or not. */
export function unitOf(measure: Requirement['measure']): string {
  if (measure === 'identity' || measure === 'voice') return '';
  const people: readonly Requirement['measure'][] = [
    'roster',
    'group',
    'face-to-face',
    'interaction',
    'topic',
    'pairing',
  ];
  return people.includes(measure) ? '人' : measure === 'checklist' ? '步' : '次';
}

/** What stands below a requirement: until when, what it rests on, what is lacking. Empty when there is nothing to say. */
export function detailOf(row: OverviewRow): string {
  const parts: string[] = [];
  if (row.why !== undefined) parts.push(whyWords[row.why]);
  if (row.status !== 'met' && row.until !== undefined && row.measure !== 'voice')
    parts.push(`${shortDate(row.until)}截止`);
  if (row.measure === 'records' || row.measure === 'link' || row.measure === 'checklist') {
    const grades = evidenceGrades.flatMap((grade) =>
      row[grade] > 0 ? [`${gradeNames[grade]} ${row[grade]}`] : [],
    );
    if (grades.length > 0) parts.push(grades.join('、'));
  }
  if (row.measure === 'group' && row.stated > 0) parts.push(`群主：${gradeNames.stated}`);
  if (row.advice) parts.push('建议，不作要求');
  return parts.join('　');
}

/** Until rosters come, whom a cadre keeps in contact with is counted in their groups. */
export const rosterRule = '联系人数暂以您各群里的青年为准，一人只算一次。';

/** Whether a number is shown that rests on it. */
export function showsRoster({ sections }: Overview): boolean {
  const resting: readonly Requirement['measure'][] = ['roster', 'group', 'face-to-face'];
  return sections.some(({ rows }) => rows.some(({ measure }) => resting.includes(measure)));
}

/** What stands at the end of the sheet, in paragraphs of lines: unknown, not counted, asked by the unit itself. */
export function endingOf(
  { unknown, notApplicable, raised }: Overview,
  longest: number,
): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  return [
    { title: '还不确定', lines: unknown.map(groupedWords) },
    { title: '不计的', lines: notApplicable.map(groupedWords) },
    { title: '本单位另有要求', lines: raised.map((one) => legibleName(one, longest)) },
  ].filter(({ lines }) => lines.length > 0);
}

/** “还没有记录可查：每年讲团课、…”. */
function groupedWords({ why, names }: Grouped): string {
  return `${why === undefined ? '其他' : whyWords[why]}：${names.join('、')}`;
}
