import { expect, it } from 'vitest';
import { addInquiry } from '../../prisma/store/inquiries.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { inquiries } from './inquiries.ts';

describeOnBoth('questions that wait', (open) => {
  it('are spoken of to who asked, after a week, once', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId, cadre } = evening;
    const askerId = await evening.person('u');
    const asked = { groupId, askerId, inGroup: true, text: '操场几点关门' };
    await database.transaction((tx) => addInquiry(tx, asked, at(wednesday, '10:00')));
    const told = (personId: number) => db.outbox.count({ where: { personId } });
    const dayOn = async (day: number) => {
      for (const hour of ['3:00', '12:00', '18:00'])
        await evening.tickAt(at(wednesday + day, hour), inquiries);
    };
    for (const day of [1, 2, 6]) await dayOn(day);
    expect(await told(askerId)).toBe(0);
    for (const day of [7, 8, 9]) await dayOn(day);
    expect([await told(cadre), await told(askerId)]).toEqual([0, 1]);
  });
});
