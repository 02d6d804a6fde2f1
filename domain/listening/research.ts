/** The year's research subject (年度课题, 团中央 2016-09-12 §2: “形成问题清单，坚持问题导向确定一个课题”), out of counts alone. */
import { otherField } from './classify.ts';
import { type Entry, sorted, voicesOf } from './entry.ts';
import { tally } from './quarter.ts';

export interface Subject {
  readonly title: string;
  readonly field: string;
  /** Entries of the field, and the people in them. */
  readonly count: number;
  readonly voices: number;
  /** Of them not solved: in hand, referred or explained. */
  readonly open: number;
  readonly kind: string;
}

const proposed = 3;
/** Fewer are no subject. */
const least = 3;

const titles: Readonly<Record<string, string>> = {
  思想困惑: '青年思想困惑的表现、成因与引导',
  现实困难: '青年现实困难的现状、原因与对策',
  意见建议: '青年意见建议的梳理与落实机制',
};

/** Up to three subjects: the fields that most people spoke of, each with what was mostly said of it. */
export function researchSubjects(all: readonly Entry[]): readonly Subject[] {
  const entries = all.filter(({ state }) => state !== 'withdrawn');
  const fields = new Set(entries.map((entry) => sorted(entry).field));
  return [...fields]
    .filter((field) => field !== otherField)
    .map((field) => {
      const own = entries.filter((entry) => sorted(entry).field === field);
      const roots = own.filter(({ state }) => state !== 'merged');
      const kind = tally(own.map((entry) => sorted(entry).kind))[0]?.name ?? '';
      return {
        field,
        kind,
        count: own.length,
        voices: roots.reduce((sum, entry) => sum + voicesOf(entry, entries), 0),
        open: roots.filter(({ state }) => state !== 'closed' && state !== 'answered').length,
        title: `${field}方面${titles[kind] ?? '青年诉求的现状与对策'}研究`,
      };
    })
    .filter(({ count }) => count >= least)
    .toSorted((a, b) => b.voices - a.voices || b.count - a.count)
    .slice(0, proposed);
}
