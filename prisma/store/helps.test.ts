import { expect, it } from 'vitest';
import { decideHelp, makeHelp } from '../../domain/listening/help.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import {
  addHelp,
  askContact,
  askedSince,
  contactOf,
  contactsWaiting,
  forgetHelps,
  moveHelp,
  nextHelpNumber,
  openHelps,
  overdueHelps,
  settleContact,
} from './helps.ts';
import { findGroup, resolvePeople } from './identity.ts';

const now = Date.parse('2026-09-02T15:00:00+08:00');
const dayMs = 86_400_000;

describeOnBoth('mutual help', (open) => {
  it('keeps who asked, once, until the owner’s word or none; all of it is forgotten long after', async () => {
    const database = await open();
    const { db } = database;
    const groups = [{ group: 'g', cadre: 'c' }];
    const accountId = await bindGroups(database, { platform: 'test', name: 'bot' }, groups, now);
    const groupId = (await findGroup(db, accountId, 'g')) ?? 0;
    const people = await resolvePeople(db, accountId, [{ id: 'u' }, { id: 'v' }, { id: 'w' }]);
    const [u = 0, v = 0, w = 0] = ['u', 'v', 'w'].map((id) => people.get(id) ?? 0);
    const post = (text: string) =>
      database.transaction(async (tx) => {
        const decision = makeHelp(await nextHelpNumber(tx, groupId), u, { direction: 'offered', text }, now);
        if (decision.kind === 'fault') throw new Error(decision.say);
        return addHelp(tx, groupId, decision.help, now);
      });
    const rows = await Promise.all(['教羽毛球', '教吉他'].map(post));
    expect(rows.map(({ number }) => number).toSorted()).toEqual([1, 2]);
    const [row] = await openHelps(db, groupId, 1);
    if (!row) throw new Error('nothing is on the list');
    expect(row).toMatchObject({ number: 2, direction: 'offered', state: 'open' });

    expect(await Promise.all([v, v].map((id) => askContact(db, row.id, id, now)))).toContain(true);
    expect(await askContact(db, row.id, v, now)).toBe(false);
    expect(await askContact(db, row.id, w, now + 1)).toBe(true);
    expect((await contactsWaiting(db, row.id)).map(({ personId }) => personId)).toEqual([v, w]);
    expect(await askedSince(db, v, now - 1)).toBe(1);
    expect(await settleContact(db, row.id, v, 'given')).toBe(true);
    expect(await settleContact(db, row.id, v, 'refused')).toBe(false);
    expect(await contactOf(db, row.id, v)).toBe('given');
    expect((await overdueHelps(db, now + 7 * dayMs)).unanswered).toEqual([]);
    expect((await overdueHelps(db, now + 7 * dayMs + 1)).unanswered).toMatchObject([{ personId: w }]);
    await settleContact(db, row.id, w, 'lapsed');
    expect(await askContact(db, row.id, w, now + 8 * dayMs)).toBe(true);

    const done = decideHelp(row, { step: 'finish', at: now });
    if (done.kind === 'fault') throw new Error(done.say);
    expect(await moveHelp(db, row, done.help)).toBe(true);
    expect(await moveHelp(db, row, done.help)).toBe(false);
    expect((await overdueHelps(db, now + 30 * dayMs)).expiring).toMatchObject([{ number: 1 }]);
    await forgetHelps(db, now + 1);
    expect(await db.help.count()).toBe(1);
    expect(await db.helpContact.count()).toBe(0);
  });
});
