/** 记 列表, 查看, 导出: a cadre's own deeds, for their own eyes. */
import { dayOf, formatDay } from '../../../domain/calendar/day.ts';
import { monthOf, quarterOf, yearOf } from '../../../domain/calendar/period.ts';
import { deedKinds, gradeNames } from '../../../domain/deeds/kinds.ts';
import { photosOf } from '../../../prisma/store/deed-evidence.ts';
import { countDeeds, deedsOf } from '../../../prisma/store/deeds.ts';
import type { Saying } from '../../dialogue/command.ts';
import { card, reply } from '../../dialogue/say.ts';
import { documentEnding } from '../../photos/photos.ts';
import { auditDeed, type CadreOnly, findDeed } from './deed-choice.ts';
import { deedLine, deedLines, evidenceLine, gradesLine } from './deed-words.ts';

const shownInList = 20;

/** The deeds of a month, quarter or year, with how many have which grade. */
export async function listDeeds(
  context: CadreOnly,
  { word }: { readonly word: '' | '本月' | '本季度' | '本年' },
): Promise<readonly Saying[]> {
  const { db, cadre, now } = context;
  const today = dayOf(now);
  const period = word === '本月' ? monthOf(today) : word === '本年' ? yearOf(today) : quarterOf(today);
  const rows = await deedsOf(db, cadre.id, period, shownInList);
  if (rows.length === 0)
    return [reply(context, `${word || '本季度'}还没有记录。比如：/记 走访 昨天 电气系宿舍`)];
  const counts = await countDeeds(db, cadre.id, period);
  const total = counts.verified + counts.documented + counts.stated;
  const more = total > rows.length ? [`（只列最近 ${rows.length} 条，全部请发 /记 导出）`] : [];
  const lines = [gradesLine(counts), ...rows.map((row) => deedLine(row, now)), ...more];
  return [reply(context, card(`${word || '本季度'}的工作`, lines.join('\n')))];
}

/** All of one deed, its pictures too. */
export async function showDeed(
  context: CadreOnly,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const row = await findDeed(context, wanted.number);
  const lines = [
    ...deedLines(row, context.now),
    evidenceLine(row),
    ...(row.reflection === undefined ? [] : [`感悟：${row.reflection}`]),
  ];
  const photos = await photosOf(context.db, row.id);
  return [
    reply(context, card(`第 ${row.number} 条`, lines.join('\n'))),
    ...photos.map((file, n) =>
      reply(context, {
        type: 'photo',
        file,
        alt: `第 ${row.number} 条的${documentEnding(file) ? '文件' : '照片'} ${n + 1}`,
      }),
    ),
  ];
}

/** Every deed as a table. */
export async function exportDeeds(context: CadreOnly): Promise<readonly Saying[]> {
  const rows = await deedsOf(context.db, context.cadre.id, { from: 0, to: dayOf(context.now) });
  await auditDeed(context, 'deed.export', context.cadre.id);
  if (rows.length === 0) return [reply(context, '还没有记录可以导出。')];
  return [
    reply(context, {
      type: 'workbook',
      name: '工作纪实.xlsx',
      sheets: [
        {
          name: '工作纪实',
          rows: [
            ['编号', '类别', '日期', '对象', '主题', '人数', '佐证', '印证人数', '照片和文件', '感悟'],
            ...rows.map((row) => [
              row.number,
              deedKinds[row.kind].name,
              formatDay(row.day),
              row.partner,
              row.topic,
              row.participants ?? '',
              gradeNames[row.grade],
              row.confirmations,
              row.photos,
              row.reflection ?? '',
            ]),
          ],
        },
      ],
    }),
  ];
}
