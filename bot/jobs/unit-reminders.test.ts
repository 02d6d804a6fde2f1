/** What reaches a unit's administrators: its own duties and counts of cadres, one message a day. */
import { expect, it } from 'vitest';
import { dayFrom } from '../../domain/calendar/day.ts';
import type { Database } from '../../prisma/database.ts';
import { mute, unmute } from '../../prisma/store/mutes.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening } from '../../tests/support/evening.ts';
import { publicCalendar } from '../work-calendar.ts';
import { reminders as remindersUnder } from './reminders.ts';

const reminders = remindersUnder(publicCalendar());

async function administrator(evening: Evening, database: Database, personId: number): Promise<void> {
  const { id: unitId } = await database.db.unit.findFirstOrThrow();
  await database.db.administrator.create({
    data: { name: '王敏', unitId, personId, createdAt: new Date(at(dayFrom(2026, 3, 2), '9:00')) },
  });
  await evening.hears(at(dayFrom(2026, 3, 2), '0:00'), at(dayFrom(2026, 12, 31), '0:00'));
}

describeOnBoth('an administrator', (open) => {
  it('is told of the unit’s visit by the 20th, once, until one is recorded', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 5, 4));
    await administrator(evening, database, await evening.person('a'));
    const day = dayFrom(2026, 5, 20);
    for (const clock of ['20:00', '20:05', '21:00']) await evening.tickAt(at(day, clock), reminders);
    const rows = await database.db.outbox.findMany({ where: { key: { startsWith: 'digest/admin' } } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toContain('每月走访系（部）');
    expect(await database.db.reminder.findMany({ where: { requirement: 'visit' } })).toMatchObject([
      { administratorId: 1, cadreId: null, period: '2026-05' },
    ]);
    const june = { cadreId: 1, number: 1, kind: 'visit', day: dayFrom(2026, 6, 9), createdAt: new Date(0) };
    await database.db.deed.create({ data: june });
    await evening.tickAt(at(dayFrom(2026, 6, 22), '20:00'), reminders);
    expect(await database.db.reminder.count({ where: { requirement: 'visit', period: '2026-06' } })).toBe(0);
  });

  it('of a unit below hears nothing of what the unit above does, nor the other way round', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 5, 4));
    await administrator(evening, database, await evening.person('a'));
    const below = await database.db.unit.findFirstOrThrow();
    const above = await database.db.unit.create({ data: { name: '校团委', profile: 'chuzhou' } });
    await database.db.unit.update({ where: { id: below.id }, data: { parentId: above.id } });
    const head = { name: '李红', unitId: above.id, personId: await evening.person('h') };
    const since = new Date(at(dayFrom(2026, 3, 2), '9:00'));
    await database.db.administrator.create({ data: { ...head, createdAt: since } });
    await evening.tickAt(at(dayFrom(2026, 6, 2), '20:00'), reminders);
    const told = await database.db.reminder.findMany({ orderBy: { requirement: 'asc' } });
    const of = (id: number) =>
      told.flatMap(({ administratorId, requirement }) => (administratorId === id ? [requirement] : []));
    expect(of(1)).toEqual(['open-day', 'sharing', 'unit-report']);
    expect(of(2)).toContain('bulletin');
    expect(of(2)).not.toContain('unit-report');
    const rows = await database.db.outbox.findMany({ where: { key: { startsWith: 'digest/admin' } } });
    expect(rows.every(({ body }) => body?.includes('请本级一位团干部发 /记 记上'))).toBe(true);
  });

  it('who is a cadre too has one message of both', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 5, 4));
    await administrator(evening, database, evening.cadre);
    await evening.tickAt(at(dayFrom(2026, 5, 20), '20:00'), reminders);
    const rows = await database.db.outbox.findMany();
    expect(rows.map(({ key }) => key)).toEqual(['digest/1/2026-05-20']);
    expect(rows[0]?.body).toContain('每月走访系（部）');
    expect(rows[0]?.body).toContain('/记 填写 走访');
    expect(rows[0]?.body).toContain('话题');
  });

  it('hears two weeks after a quarter how many cadres have what is overdue, and no name', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 3, 4));
    await administrator(evening, database, await evening.person('a'));
    const escalated = () => database.db.reminder.findMany({ where: { stage: 'escalation' } });
    await evening.tickAt(at(dayFrom(2026, 7, 14), '20:00'), reminders);
    expect(await escalated()).toEqual([]);
    await evening.tickAt(at(dayFrom(2026, 7, 15), '20:00'), reminders);
    const found = await escalated();
    const requirements = found.map(({ requirement }) => requirement).sort();
    expect(requirements).toEqual(['activity', 'five-ones', 'problem-list']);
    expect(found.every(({ administratorId, period }) => administratorId === 1 && period === '2026-Q2')).toBe(
      true,
    );
    const [text] = (await evening.said()).filter((said) => said.includes('到期没有记到的团干部'));
    expect(text).toContain('有 1 位，共 1 位');
    expect(text).not.toMatch(/王敏|“c”/);
    await evening.tickAt(at(dayFrom(2026, 7, 16), '20:00'), reminders);
    expect(await escalated()).toHaveLength(3);
  });

  it('is told nothing of what they have muted, and of the rest still', async () => {
    const database = await open();
    const evening = await Evening.begin(database, dayFrom(2026, 3, 4));
    await administrator(evening, database, await evening.person('a'));
    const of = (where: object) => database.db.reminder.count({ where: { administratorId: 1, ...where } });
    await mute(database.db, { administratorId: 1 }, 'visit');
    await evening.tickAt(at(dayFrom(2026, 5, 20), '20:00'), reminders);
    expect(await of({})).toBe(0);
    await mute(database.db, { administratorId: 1 }, 'overdue-cadres');
    await evening.tickAt(at(dayFrom(2026, 7, 15), '20:00'), reminders);
    expect(await of({})).toBe(0);
    await unmute(database.db, { administratorId: 1 }, 'overdue-cadres');
    await evening.tickAt(at(dayFrom(2026, 7, 16), '20:00'), reminders);
    expect(await of({ stage: 'escalation' })).toBe(3);
    await unmute(database.db, { administratorId: 1 }, 'visit');
    await evening.tickAt(at(dayFrom(2026, 7, 20), '20:00'), reminders);
    expect(await of({ requirement: 'visit' })).toBe(1);
  });
});
