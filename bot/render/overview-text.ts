/** The sheet of all requirements in words: for those who cannot see the card, and beside it as its description. */
import type { Overview } from '../../domain/standing/overview.ts';
import { legibleName } from './overview-names.ts';
import {
  amountOf,
  detailOf,
  groupedWords,
  periodWords,
  rosterRule,
  scopeWords,
  showsRoster,
  statusWords,
} from './overview-words.ts';
import { fullDate } from './progress-words.ts';

/** Plain Chinese lines in reading order, every status a word. */
export function overviewText(overview: Overview): string {
  const { sections, unknown, notApplicable, raised } = overview;
  return [
    `${scopeWords[overview.scope]}要做的，${fullDate(overview.today)}`,
    `团干部：${legibleName(overview.cadre, 60)}；方案：${legibleName(overview.policy, 60)}`,
    ...sections.flatMap(({ period, rows }) => [
      '',
      `${periodWords[period]}`,
      ...rows.map((row) => {
        const more = [amountOf(row), detailOf(row)].filter(Boolean).join('，');
        return `${row.name}：${statusWords[row.status]}${more === '' ? '' : `（${more}）`}`;
      }),
    ]),
    ...(showsRoster(overview) ? ['', rosterRule] : []),
    ...(unknown.length === 0 ? [] : ['', '还不确定', ...unknown.map(groupedWords)]),
    ...(notApplicable.length === 0 ? [] : ['', '不计的', ...notApplicable.map(groupedWords)]),
    ...(raised.length === 0 ? [] : ['', '本单位另有要求', ...raised.map((one) => legibleName(one, 400))]),
    '',
    '只给您自己看，不排名。',
  ].join('\n');
}
