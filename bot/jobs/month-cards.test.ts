import { expect, it } from 'vitest';
import { dayFrom, dayMs } from '../../domain/calendar/day.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening } from '../../tests/support/evening.ts';
import { monthCards } from './month-cards.ts';

const october = (date: number) => dayFrom(2026, 10, date);
/** 1 to 7 October are off, the 8th is worked. */
const calendar: WorkCalendar = {
  years: new Set([2026]),
  holidays: new Set(Array.from({ length: 7 }, (_, n) => october(n + 1))),
  workdays: new Set(),
  vacations: [],
};

describeOnBoth('“你说我办”', (open) => {
  it('is proposed to the cadre on the first workday of a month, by daylight, once; never to the group', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 9, 10));
    const askerId = await evening.person('y');
    const ask = (number: number, when: number) =>
      database.db.demand.create({
        data: { groupId: evening.groupId, number, askerId, text: '热水总断', createdAt: new Date(when) },
      });
    await ask(1, at(dayFrom(2026, 9, 12), '9:00'));
    const job = monthCards(calendar);
    for (const when of [at(october(1), '10:00'), at(october(7), '10:00'), at(october(8), '8:50')])
      await evening.tickAt(when, job);
    expect(await evening.said()).toEqual([]);
    await evening.tickAt(at(october(8), '9:10'), job);
    await evening.tickAt(at(october(8), '15:00'), job);
    await evening.tickAt(at(october(9), '9:10'), job);
    const rows = await database.db.outbox.findMany();
    expect(rows.map(({ key, personId, groupId }) => [key, personId, groupId])).toEqual([
      [`month/${evening.groupId}/2026-09/proposal`, evening.cadre, null],
    ]);
    expect((await evening.said())[0]).toContain('收到 1 件');
    expect((await evening.said())[0]).not.toContain('热水');
  });

  it('is not proposed where nothing was asked, nor a week late', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 9, 10));
    await evening.tickAt(at(october(8), '10:00'), monthCards(calendar));
    await database.db.demand.create({
      data: {
        groupId: evening.groupId,
        number: 1,
        askerId: await evening.person('y'),
        text: '热水总断',
        createdAt: new Date(at(dayFrom(2026, 9, 12), '9:00')),
      },
    });
    await evening.tickAt(at(october(8), '10:00') + 8 * dayMs, monthCards(calendar));
    expect(await evening.said()).toEqual([]);
  });
});
