/** How a deed reads. Texts of people in it have passed `plain`. */
import { formatDate, formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { type DeedWords, isPrivate } from '../../domain/deeds/deed.ts';
import { deedKinds, type EvidenceGrade, evidenceGrades, gradeNames } from '../../domain/deeds/kinds.ts';
import type { DeedRow } from '../../prisma/store/deeds.ts';

/** A deed line by line, without its grade. */
export function deedLines(deed: DeedWords, now: number): readonly string[] {
  return [
    `类别：${deedKinds[deed.kind].name}`,
    `日期：${deed.at === undefined ? formatDate(deed.day, now) : formatDateTime(deed.at, now)}`,
    ...(isPrivate(deed.kind)
      ? ['谈心谈话只记类别和日期，和谁谈、谈什么都不记。']
      : [
          `对象：${deed.partner || '没有写'}`,
          `主题：${deed.topic || '没有写'}`,
          `人数：${deed.participants ?? '没有写'}`,
        ]),
  ];
}

/** What shows that a deed happened, as counts. */
export function evidenceLine(row: DeedRow): string {
  const parts = [
    ...(row.confirmations > 0 ? [`${row.confirmations} 人印证`] : []),
    ...(row.photos > 0 ? [`照片 ${row.photos} 张`] : []),
  ];
  return `佐证：${gradeNames[row.grade]}${parts.length > 0 ? `（${parts.join('，')}）` : ''}`;
}

/** One line for a list. */
export function deedLine(row: DeedRow, now: number): string {
  const words = [row.partner, row.topic].filter(Boolean).join('　');
  const short = [...words].length > 24 ? `${[...words].slice(0, 24).join('')}…` : words;
  const parts = [formatDate(row.day, now), deedKinds[row.kind].name, short];
  return `${row.number}　${parts.filter(Boolean).join('　')}　${gradeNames[row.grade]}`;
}

/** “共 5 条：有印证 2，有照片或文件 1，仅口述 2”: a figure never stands without its grades. */
export function gradesLine(counts: Readonly<Record<EvidenceGrade, number>>): string {
  const total = evidenceGrades.reduce((sum, grade) => sum + counts[grade], 0);
  return `共 ${total} 条：${evidenceGrades.map((grade) => `${gradeNames[grade]} ${counts[grade]}`).join('，')}`;
}
