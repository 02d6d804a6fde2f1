import { describe, expect, it } from 'vitest';
import { dayFrom } from '../../domain/calendar/day.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { chuzhou } from '../../domain/policy/profiles/chuzhou.ts';
import { gqt } from '../../domain/policy/profiles/gqt.ts';
import { xinjiang } from '../../domain/policy/profiles/xinjiang.ts';
import type { RecordKind } from '../../domain/policy/records.ts';
import { cadreStandings } from '../../domain/standing/evaluate.ts';
import { nextSteps, overviewOf, scopes } from '../../domain/standing/overview.ts';
import { drawOverview } from './overview-card.ts';
import { overviewText } from './overview-text.ts';

const start = dayFrom(2026, 1, 1);
const today = dayFrom(2026, 11, 21);
const about = { group: '一班', cadre: '阿依古丽', unit: '信息工程学院团总支', today };
const done = (kind: RecordKind, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    kind,
    day: today - n * 3,
    grade: (['verified', 'documented', 'stated'] as const)[n % 3]!,
    participants: 12,
  }));
const facts = {
  kind: 'full_time' as const,
  organ: true,
  manyYouths: true,
  exempt: undefined,
  since: start,
  records: {
    since: start,
    all: [...done('league_lecture', 1), ...done('heart_talk', 3), ...done('good_deed', 4)],
  },
  roster: { count: 87, grade: 'verified' as const },
  group: { count: 87, grade: 'verified' as const, owner: undefined },
  identityOn: start,
  links: { branch: [{ day: today - 5, grade: 'stated' as const }], club: [] },
  paired: undefined,
  steps: { verified: 1, documented: 0, stated: 3 },
};
/** Twenty-five requirements of one cadre: 新疆, with what other profiles ask besides. */
const all: Policy = {
  ...xinjiang,
  requirements: [...xinjiang.requirements, ...chuzhou.requirements, ...gqt.requirements].filter(
    ({ id, subject, measure }, index, list) =>
      subject === 'cadre' &&
      !['voice', 'interaction', 'topic', 'activity', 'face-to-face'].includes(measure) &&
      list.findIndex((other) => other.id === id) === index,
  ),
};

describe('the sheet of all requirements', () => {
  const overview = overviewOf(all, cadreStandings(all, facts, today), 'all', about);

  it('shows each requirement once: by period, or among the unknown, or among those that do not count', () => {
    const shown = [
      ...overview.sections.flatMap(({ rows }) => rows.map(({ name }) => name)),
      ...[...overview.unknown, ...overview.notApplicable].flatMap(({ names }) => names),
    ];
    expect(shown.sort()).toEqual(all.requirements.map(({ name }) => name).sort());
    const text = overviewText(overview);
    for (const name of shown) expect(text).toContain(name);
    expect(text).toContain('每年给团支部上2次团课：快到期（1 / 2 次，12 月 31 日截止　有印证 1）');
    expect(text).toContain('还没有记录可查：结对帮扶3–5名困难青年');
  });

  it('each scope shows what is of its length', () => {
    const names = scopes.map((scope) =>
      overviewOf(all, cadreStandings(all, facts, today), scope, about)
        .sections.map(({ period }) => period)
        .join(),
    );
    expect(names).toEqual([
      'week',
      'month',
      'quarter',
      'semester',
      'year,standing,once',
      'week,month,quarter,semester,year,standing,once',
    ]);
  });

  it('is a picture 900 pixels wide that is not endless, whatever the names', async () => {
    const view = async (of: typeof overview) => {
      const png = await drawOverview(of);
      return new DataView(png.buffer, png.byteOffset, png.byteLength);
    };
    const size = await view(overview);
    expect(size.getUint32(16)).toBe(900);
    expect(size.getUint32(20)).toBeLessThan(4_000);
    const hostile = '\u202e<b>👩‍🏫\n'.repeat(500);
    const raised = [hostile];
    expect((await view({ ...overview, cadre: hostile, unit: hostile, raised })).getUint32(16)).toBe(900);
  });

  it('knows what to do next: what presses first, advice last, nothing that is done or unknown', () => {
    const steps = nextSteps(cadreStandings(all, facts, today), 30);
    expect(steps.map(({ status }) => status)).not.toContain('met');
    expect(steps[0]?.status).toBe('due_soon');
    const advice = steps.findIndex((step) => step.advice);
    expect(steps.slice(advice).every((step) => step.advice)).toBe(true);
    const due = steps
      .filter(({ status, advice: only }) => status === 'due_soon' && !only)
      .map(({ until }) => until);
    expect(due).toEqual([...due].sort((a, b) => a! - b!));
  });
});
