/** How a deed reads. Texts of people in it have passed `plain`. */
import { formatDate, formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import type { DeedWords } from '../../../domain/deeds/deed.ts';
import { isPrivate } from '../../../domain/deeds/kind-words.ts';
import {
  deedKindNames,
  deedKinds,
  type EvidenceGrade,
  evidenceGrades,
  gradeNames,
} from '../../../domain/deeds/kinds.ts';
import type { DeedRow } from '../../../prisma/store/deed-rows.ts';

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
    ...(row.photos > 0 ? [`照片或文件 ${row.photos} 份`] : []),
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

/** An empty form for a deed, with its kind filled in where one is given (its name). */
export function deedForm(kind: string) {
  const what = {
    name: 'what',
    label: '哪天、和谁、做什么、多少人',
    placeholder: '5月4日下午 给计科2班讲五四精神 32人',
    multiline: true,
  };
  return {
    type: 'card' as const,
    title: kind === '' ? '记一次工作' : `记一次${kind}`,
    text: `我先念给您听，您说“是”才记下。也可以直接发，例如：/记 ${kind || '团课'} 5月4日下午 给计科2班讲五四精神 32人`,
    form: {
      command: kind === '' ? '/记' : `/记 ${kind}`,
      submit: '念给我听',
      fields: kind === '' ? [{ name: 'kind', label: '类别', options: kindNames }, what] : [what],
    },
  };
}

const kindNames = deedKindNames.map((kind) => deedKinds[kind].name);
