import { expect, it } from 'vitest';
import { makeHelp } from '../../domain/listening/help.ts';
import { addHelp, askContact, contactOf, helpNumbered } from '../../prisma/store/helps.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening, wednesday } from '../../tests/support/evening.ts';
import { helps } from './helps.ts';

describeOnBoth('mutual help', (open) => {
  it('leaves nobody waiting: no word after a week, and the end of its time, are told once', async () => {
    const database = await open();
    const { db } = database;
    const evening = await Evening.begin(database);
    const { groupId } = evening;
    const [owner, early, late] = [
      await evening.person('u'),
      await evening.person('v'),
      await evening.person('w'),
    ];
    const start = at(wednesday, '10:00');
    const made = makeHelp(1, owner, { direction: 'offered', text: '教羽毛球' }, start);
    if (made.kind === 'fault') throw new Error(made.say);
    const { id } = await addHelp(db, groupId, made.help, start);
    await askContact(db, id, early, start);
    await askContact(db, id, late, at(wednesday + 28, '10:00'));
    const told = (personId: number) => db.outbox.count({ where: { personId } });
    for (const day of [6, 7, 8])
      for (const hour of ['3:00', '12:00', '18:00']) await evening.tickAt(at(wednesday + day, hour), helps);
    expect(await contactOf(db, id, early)).toBe('lapsed');
    expect([await told(owner), await told(early), await told(late)]).toEqual([0, 1, 0]);
    for (const hour of ['3:00', '12:00', '18:00']) await evening.tickAt(at(wednesday + 30, hour), helps);
    expect(await helpNumbered(db, groupId, 1)).toMatchObject({ state: 'expired' });
    expect([await told(owner), await told(early), await told(late)]).toEqual([1, 1, 1]);
  });
});
