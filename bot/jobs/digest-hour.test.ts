/** The digest comes at the hour that its reader chose, and not when the week's messages are used up. */
import { expect, it } from 'vitest';
import { chooseReminders } from '../../prisma/store/reminder-settings.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { publicCalendar } from '../work-calendar.ts';
import { reminders } from './reminders.ts';

const job = reminders(publicCalendar(), 2);

describeOnBoth('the digest', (open) => {
  it.each([
    [17 * 60 + 30, ['17:00', '17:25'], '17:30'],
    [21 * 60, ['20:00', '20:55'], '21:00'],
  ])('comes from minute %i on, once', async (minute, before, from) => {
    const database = await open();
    const evening = await Evening.begin(database);
    await evening.hears(at(wednesday - 2, '0:00'), at(wednesday, '22:00'));
    await chooseReminders(database.db, evening.cadre, { minute });
    const usual = reminders(publicCalendar());
    for (const clock of before) await evening.tickAt(at(wednesday, clock), usual);
    expect(await evening.said()).toEqual([]);
    for (const clock of [from, '21:30', '21:55']) await evening.tickAt(at(wednesday, clock), usual);
    expect(await evening.said()).toHaveLength(1);
  });

  it('is not said, nor noted as said, when the week is used up; the next week begins anew', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    await evening.hears(at(wednesday - 2, '0:00'), at(wednesday + 6, '22:00'));
    const { groupId } = evening;
    const asked = { groupId, askerId: await evening.person('u'), text: '热水总断', number: 1 };
    const createdAt = new Date(at(wednesday - 9, '9:00'));
    await chooseReminders(db, evening.cadre, { weekly: 1 });
    // A voice alone is not worth the week's only message before its Thursday.
    await evening.tickAt(at(wednesday, '20:00'), job);
    expect([await db.outbox.count(), await db.reminder.count()]).toEqual([0, 0]);
    await evening.tickAt(at(wednesday + 1, '20:00'), job);
    const noted = await db.reminder.count();
    expect([await db.outbox.count(), noted > 1]).toEqual([1, true]);
    await db.demand.create({ data: { ...asked, createdAt } });
    await evening.tickAt(at(wednesday + 2, '20:00'), job);
    expect([await db.outbox.count(), await db.reminder.count()]).toEqual([1, noted]);
    // More is allowed only up to what the operator set.
    await chooseReminders(db, evening.cadre, { weekly: 9 });
    await evening.tickAt(at(wednesday + 2, '20:05'), job);
    await db.inquiry.create({ data: { ...asked, createdAt, inGroup: true } });
    await evening.tickAt(at(wednesday + 3, '20:00'), job);
    expect(await db.outbox.count()).toBe(2);
    // What was given up is no burden.
    await db.outbox.updateMany({ data: { state: 'expired' } });
    await evening.tickAt(at(wednesday + 3, '20:05'), job);
    expect(await db.outbox.count()).toBe(3);
    await db.outbox.updateMany({ data: { state: 'sent' } });
    await evening.tickAt(at(wednesday + 4, '20:00'), job);
    expect(await db.outbox.count()).toBe(3);
    await evening.tickAt(at(wednesday + 5, '20:00'), job);
    expect(await db.outbox.count()).toBe(4);
  });

  it('names an anonymous demand no earlier than one with a name of the same evening', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    await evening.hears(at(wednesday - 2, '0:00'), at(wednesday + 1, '22:00'));
    const { groupId } = evening;
    const asked = { groupId, text: '热水总断' };
    // Of Monday evening; of the one without a name the day alone is kept.
    const youth = await evening.person('u');
    await db.demand.create({
      data: { ...asked, number: 1, askerId: youth, createdAt: new Date(at(wednesday - 2, '21:00')) },
    });
    await db.demand.create({
      data: { ...asked, number: 2, ticket: 't', createdAt: new Date(at(wednesday - 2, '0:00')) },
    });
    const usual = reminders(publicCalendar());
    await evening.tickAt(at(wednesday, '20:00'), usual);
    expect((await evening.said()).join()).not.toContain('诉求在等您');
    await evening.tickAt(at(wednesday + 1, '20:00'), usual);
    expect((await evening.said()).join()).toContain('有 2 件诉求在等您（第 1、2 号）');
  });
});
