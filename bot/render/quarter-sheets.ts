/** The quarter's problem list as an Excel ledger (台账): every entry, without names unless the cadre has asked for them. */
import { dayOf, formatDay } from '../../domain/calendar/day.ts';
import { stageNames } from '../../domain/listening/demand.ts';
import { type Entry, isConfirmed, sorted } from '../../domain/listening/entry.ts';
import type { QuarterAnalysis } from '../../domain/listening/quarter.ts';
import type { Sheet } from '../outbox/message.ts';
import { reportLines } from './quarter-words.ts';

const hourMs = 3_600_000;
const consentWords = { asked: '已问，等回话', given: '同意', refused: '不同意' } as const;

/** `nameOf`: by number, where names are asked for; an anonymous asker has none. */
export function quarterSheets(
  analysis: QuarterAnalysis,
  entries: readonly Entry[],
  nameOf?: ((number: number) => string) | undefined,
): readonly Sheet[] {
  const head = [
    '编号',
    '提出日期',
    ...(nameOf ? ['提出人'] : []),
    '类别',
    '领域',
    '内容',
    '状态',
    '同感人数',
    '受理用时（小时）',
    '答复用时（小时）',
    '答复或原因',
    '本人确认',
    '转报',
  ];
  const rows = entries.map((entry) => {
    const { kind, field } = sorted(entry);
    const {
      number,
      createdAt,
      text,
      state,
      supports,
      acceptedAt,
      answeredAt,
      reply,
      consent,
      mergedInto,
      dayOnly,
    } = entry;
    return [
      number,
      formatDay(dayOf(createdAt)),
      ...(nameOf ? [nameOf(number)] : []),
      kind,
      field,
      text,
      mergedInto === undefined ? stageNames[state] : `${stageNames[state]}到第 ${mergedInto} 号`,
      supports,
      dayOnly ? '' : hours(createdAt, acceptedAt),
      dayOnly ? '' : hours(createdAt, answeredAt),
      reply ?? '',
      state !== 'closed' ? '' : isConfirmed(entry) ? '确认解决' : '14 天没有异议',
      consent === undefined ? '' : consentWords[consent],
    ];
  });
  const { total, kinds, fields } = analysis;
  const share = (count: number) => `${total === 0 ? 0 : Math.round((count / total) * 100)}%`;
  return [
    { name: '清单', rows: [head, ...rows] },
    {
      name: '统计',
      rows: [
        ['项目', '名称', '件数', '占比'],
        ...kinds.map(({ name, count }) => ['类别', name, count, share(count)]),
        ...fields.map(({ name, count }) => ['领域', name, count, share(count)]),
        ...analysis.stages.map(({ stage, count }) => ['状态', stageNames[stage], count, share(count)]),
      ],
    },
    { name: '说明', rows: [['说明'], ...reportLines(analysis).map((line) => [line])] },
  ];
}

/** Whole hours: finer ones would tell when exactly somebody wrote. */
function hours(from: number, to: number | undefined): string | number {
  return to === undefined ? '' : Math.round(Math.max(0, to - from) / hourMs);
}
