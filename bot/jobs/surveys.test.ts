import { expect, it } from 'vitest';
import { readForm } from '../../domain/surveys/read-form.ts';
import { addSurvey, openSurvey } from '../../prisma/store/surveys.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { surveys } from './surveys.ts';

describeOnBoth('surveys whose time comes', (open) => {
  it('one reminder in the last day, by daylight; then the end, once', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const reading = readForm('食堂\n1. 好吗 A. 好 B. 差');
    if (reading.kind === 'fault') throw new Error(reading.say);
    const { form } = reading;
    const row = await database.transaction((tx) => addSurvey(tx, evening.groupId, { form }, evening.now));
    const closesAt = at(wednesday + 7, '23:00');
    await openSurvey(db, row.id, { openedAt: evening.now, closesAt });
    const keys = async () =>
      (await db.outbox.findMany({ where: { key: { startsWith: 'survey/' } } })).map(({ key }) => key);

    await evening.tickAt(at(wednesday + 6, '22:50'), surveys);
    expect(await keys()).toEqual([]);
    await evening.tickAt(at(wednesday + 6, '23:30'), surveys);
    expect(await keys()).toEqual([]);
    await evening.tickAt(at(wednesday + 7, '8:00'), surveys);
    await evening.tickAt(at(wednesday + 7, '9:00'), surveys);
    expect(await keys()).toEqual([`survey/${row.id}/reminder`]);
    await evening.tickAt(closesAt + 3_600_000, surveys);
    await evening.tickAt(closesAt + 7_200_000, surveys);
    expect(await db.survey.findUnique({ where: { id: row.id } })).toMatchObject({
      state: 'closed',
      closedAt: new Date(closesAt),
    });
    expect(await keys()).toHaveLength(3);
  });
});
