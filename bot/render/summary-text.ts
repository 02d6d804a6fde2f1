/** The counts of a unit's cadres by requirement, in words. */

import type { Status } from '../../domain/standing/standing.ts';
import type { SummaryRow } from '../../domain/standing/summary.ts';
import { periodHeading, statusWords } from './overview-words.ts';

const shown: readonly Status[] = ['met', 'underway', 'due_soon', 'missed', 'unknown'];

/** Plain lines by period; what nothing is known of for anybody, and what is nobody's, is named together. */
export function summaryText(rows: readonly SummaryRow[], cadres: number): string {
  const total = ({ counts }: SummaryRow) => shown.reduce((sum, status) => sum + counts[status], 0);
  const unknown = rows.filter((row) => total(row) > 0 && row.counts.unknown === total(row));
  const known = rows.filter((row) => total(row) > 0 && !unknown.includes(row));
  const periods = [...new Set(known.map(({ period }) => period))];
  return [
    `已认证的团干部 ${cadres} 人。到今天为止：`,
    ...periods.flatMap((period) => {
      const those = known.filter((row) => row.period === period);
      return ['', periodHeading(period, those), ...those.map(line)];
    }),
    ...(unknown.length === 0
      ? []
      : ['', `都还不确定（没登记，或没有记录可查）：${unknown.map(({ name }) => name).join('、')}`]),
    '',
    '只有数目，没有姓名，不排名、不通报。',
  ].join('\n');
}

function line({ name, advice, by, counts }: SummaryRow): string {
  const parts = shown.flatMap((status) =>
    counts[status] > 0 ? [`${statusWords[status]} ${counts[status]}`] : [],
  );
  const notes = [...(by === 'group' ? ['按群'] : []), ...(advice ? ['建议'] : [])];
  return `${name}${notes.length > 0 ? `（${notes.join('，')}）` : ''}：${parts.join('，')}`;
}
