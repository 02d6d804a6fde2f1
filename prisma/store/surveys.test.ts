import { expect, it } from 'vitest';
import { readForm } from '../../domain/surveys/read-form.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { evaluationOf } from './evaluations.ts';
import { findGroup } from './identity.ts';
import { allAnswers, changeAnswers } from './survey-answers.ts';
import { addSurvey, closeSurvey, openSurvey } from './surveys.ts';

const now = Date.parse('2026-09-02T15:00:00+08:00');
const reading = readForm('评价\n1. 打几分（1-5分）\n2. 说说');
if (reading.kind === 'fault') throw new Error(reading.say);
const { form } = reading;
let bytes = 0;
const random = (count: number) => Uint8Array.from({ length: count }, () => (bytes = (bytes * 73 + 41) % 251));

async function begin(database: Database, evaluates = false) {
  const accountId = await bindGroups(
    database,
    { platform: 'test', name: 'bot' },
    [{ group: 'g', cadre: 'c' }],
    now,
  );
  const groupId = (await findGroup(database.db, accountId, 'g')) ?? 0;
  const row = await database.transaction((tx) => addSurvey(tx, groupId, { form, evaluates }, now));
  const { id: cadreId } = await database.db.cadre.findFirstOrThrow();
  const judges = { semester: '2026-autumn', cadreId };
  const span = { openedAt: now, closesAt: now + 1_000 };
  await openSurvey(database.db, row.id, evaluates ? { ...span, judges } : span);
  return row;
}

describeOnBoth('surveys', (open) => {
  it('two chats of one person at once lose no answer', async () => {
    const database = await open();
    const { id } = await begin(database);
    await Promise.all(
      ['0', '1'].map((index) =>
        database.transaction((tx) =>
          changeAnswers(tx, { id, respondent: 'x' }, now, (kept) => ({
            ...kept,
            [index]: index === '0' ? { points: 5 } : { text: '好' },
          })),
        ),
      ),
    );
    expect(await allAnswers(database.db, id)).toEqual([
      { respondent: 'x', answers: { 0: { points: 5 }, 1: { text: '好' } } },
    ]);
  });

  it('closing wipes whose answers they are, once, and nothing is taken after the end', async () => {
    const database = await open();
    const row = await begin(database);
    const answer = (respondent: string, points: number, at = now) =>
      database.transaction((tx) =>
        changeAnswers(tx, { id: row.id, respondent }, at, () => ({ 0: { points } })),
      );
    for (const n of [1, 2, 3, 4]) await answer(`person-${n}`, n);
    expect(await answer('late', 5, now + 1_000)).toBeUndefined();
    const close = () =>
      database.transaction((tx) => closeSurvey(tx, row, { closedAt: now, youths: 9 }, random));
    expect(await close()).toBe(true);
    expect(await close()).toBe(false);
    expect(await answer('later', 5)).toBeUndefined();
    const all = await allAnswers(database.db, row.id);
    expect(all.map(({ answers }) => JSON.stringify(answers)).toSorted()).toEqual(
      [1, 2, 3, 4].map((points) => `{"0":{"points":${points}}}`),
    );
    expect(all.every(({ respondent }) => /^[0-9a-f]{32}$/.test(respondent))).toBe(true);
  });

  it('of 评价团干部 marks and sum stay, and no answer; few are told to nobody', async () => {
    const database = await open();
    const row = await begin(database, true);
    for (const points of [1, 2, 3, 4])
      await database.transaction((tx) =>
        changeAnswers(tx, { id: row.id, respondent: `person-${points}` }, now, () => ({ 0: { points } })),
      );
    const { unitId } = await database.db.cadre.findFirstOrThrow();
    const figure = (least: number, semester = '2026-autumn') =>
      evaluationOf(database.db, [unitId], semester, least);
    expect(await figure(4)).toEqual({ surveys: 1, open: true, mean: undefined, marks: 0 });
    await database.transaction((tx) => closeSurvey(tx, row, { closedAt: now, youths: 9 }, random));
    expect(await allAnswers(database.db, row.id)).toEqual([]);
    expect(await figure(5)).toEqual({ surveys: 1, open: false, mean: undefined, marks: 0 });
    expect(await figure(4)).toEqual({ surveys: 1, open: false, mean: 2.5, marks: 4 });
    expect(await figure(1, '2026-spring')).toMatchObject({ surveys: 0, mean: undefined });
  });
});
