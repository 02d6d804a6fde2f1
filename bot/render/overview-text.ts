/** The sheet of all requirements in words: for those who cannot see the card, and beside it as its description. */
import type { Overview } from '../../domain/standing/overview.ts';
import { legibleName } from './overview-names.ts';
import * as words from './overview-words.ts';
import { fullDate } from './progress-words.ts';

/** Plain Chinese lines in reading order, every status a word. */
export function overviewText(overview: Overview): string {
  return [
    `${words.scopeWords[overview.scope]}要做的，${fullDate(overview.today)}`,
    `团干部：${legibleName(overview.cadre, 60)}；方案：${legibleName(overview.policy, 60)}`,
    ...overview.sections.flatMap(({ period, rows }) => [
      '',
      words.periodHeading(period, rows),
      ...rows.map((row) => {
        const more = [words.amountOf(row), words.detailOf(row)].filter(Boolean).join('，');
        return `${row.name}：${words.statusWord(row)}${more === '' ? '' : `（${more}）`}`;
      }),
    ]),
    ...(words.showsRoster(overview) ? ['', words.rosterRule] : []),
    ...words.endingOf(overview, 400).flatMap(({ title, lines }) => ['', title, ...lines]),
    '',
    '只给您自己看，不排名。',
  ].join('\n');
}
