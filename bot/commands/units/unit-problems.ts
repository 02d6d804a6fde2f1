/** 本单位 问题清单: what cadres have sent up, for their administrators: figures, and the words that their askers let go up. */
import { dayOf, formatDay } from '../../../domain/calendar/day.ts';
import { quarterName } from '../../../domain/calendar/quarter-words.ts';
import { withoutNames } from '../../../domain/listening/entry.ts';
import type { Tally } from '../../../domain/listening/quarter.ts';
import { unitsWithin } from '../../../domain/units/unit.ts';
import type { Db } from '../../../prisma/database.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { type ReportRow, reportsOf } from '../../../prisma/store/problem-reports.ts';
import { allUnits } from '../../../prisma/store/units.ts';
import type { ContextFor, Saying } from '../../dialogue/command.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';
import type { Sheet } from '../../outbox/message.ts';
import { oneLine, shorten } from '../../render/legible.ts';
import { tallyWords } from '../../render/quarter-words.ts';
import { memberNames, quarterTyped } from '../listening/quarter.ts';
import type { Wanted } from '../listening/quarter-report.ts';

const shownAtMost = 10;
/** In half-width columns; the table has it whole. */
const longestShown = 120;

/** The reports of a quarter by the unit's cadres and those below: sums in the chat, each report in the table, by its day. */
export async function unitProblems(
  context: ContextFor<'administrator', 'person'>,
  wanted: Wanted,
): Promise<readonly Saying[]> {
  const { db, administrator, now, secret, person } = context;
  const quarter = quarterTyped(wanted.quarter, now);
  const units = [...unitsWithin(await allUnits(db), administrator.unitId)];
  const reports = await withoutTheirNames(db, await reportsOf(db, units, quarter.key));
  const title = `${plain(administrator.unit)}　${quarterName(quarter)}问题清单`;
  if (reports.length === 0)
    return [reply(context, card(title, '还没有团干部报上来。什么时候报、报不报，由团干部自己办。'))];
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'unit.problems',
    subject: `unit:${administrator.unitId}/quarter:${quarter.key}`,
  });
  const entries = reports.flatMap((report) => report.entries);
  const shown = entries.slice(0, shownAtMost).map(({ kind, field, text }) => {
    const about = [kind, field].filter(Boolean).join(' · ') || '没有归类';
    return `· ${about}：${shorten(text.replace(/\s+/gu, ' '), longestShown)}`;
  });
  return [
    reply(
      context,
      card(
        title,
        [
          sumWords(reports),
          entries.length > 0
            ? `提出人同意转报的 ${entries.length} 件：\n${shown.join('\n')}`
            : '没有提出人同意转报的具体问题。',
          '全部在表里；要回复，请告诉报送的团干部，由他们转告。',
        ].join('\n'),
      ),
    ),
    reply(context, {
      type: 'workbook',
      name: `${quarter.key} 问题清单汇总.xlsx`,
      sheets: sheetsOf(reports),
    }),
  ];
}

/** How many reports, entries and fields there are in all; nobody is set beside anybody. */
export function sumWords(reports: readonly ReportRow[]): string {
  const sum = (of: (report: ReportRow) => number) => reports.reduce((total, one) => total + of(one), 0);
  const counts = new Map<string, number>();
  for (const { name, count } of reports.flatMap(({ body }) => body.fields))
    counts.set(name, (counts.get(name) ?? 0) + count);
  const fields: Tally[] = [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count);
  return `报上来 ${reports.length} 份，共 ${sum(({ body }) => body.total)} 件，办结 ${sum(({ body }) => body.solved)} 件。${fields.length > 0 ? `领域：${tallyWords(fields)}。` : ''}`;
}

async function withoutTheirNames(db: Db, reports: readonly ReportRow[]): Promise<readonly ReportRow[]> {
  const names = new Map<number, readonly string[]>();
  for (const groupId of new Set(reports.map((report) => report.groupId)))
    names.set(groupId, await memberNames(db, groupId));
  return reports.map((report) => ({
    ...report,
    entries: report.entries.map((entry) => ({
      ...entry,
      text: withoutNames(entry.text, names.get(report.groupId) ?? []),
    })),
  }));
}

function sheetsOf(reports: readonly ReportRow[]): readonly Sheet[] {
  return [
    {
      name: '报送情况',
      rows: [
        ['团组织', '团干部', '报送日期', '情况'],
        ...reports.map(({ unit, cadre, at, body }) => [
          oneLine(unit),
          oneLine(cadre),
          formatDay(dayOf(at)),
          body.lines.join(' '),
        ]),
      ],
    },
    {
      name: '同意转报的问题',
      rows: [
        ['团组织', '团干部', '类别', '领域', '内容'],
        ...reports.flatMap(({ unit, cadre, entries }) =>
          entries.map(({ kind, field, text }) => [
            oneLine(unit),
            oneLine(cadre),
            kind ?? '没有归类',
            field ?? '没有归类',
            text,
          ]),
        ),
      ],
    },
  ];
}
