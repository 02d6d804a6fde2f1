import { expect, it } from 'vitest';
import { dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import { figures } from '../../domain/presence/figures.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { loadFacts } from './facts.ts';
import { findGroup, joined, resolvePeople } from './identity.ts';
import { addListening } from './listening.ts';
import { addMarks } from './presence.ts';

const day = dayFrom(2026, 9, 1);
const at = (hours: number, days = 0) => startOfDay(day + days) + hours * 3_600_000;
/** The half-hour that begins with an hour. */
const slot = (hour: number) => 2 ** (hour * 2);

describeOnBoth('the facts of a group', (open) => {
  it('come back out of the database with the figures they had', async () => {
    const database = await open();
    const { db } = database;
    const groups = ['g', 'h'].map((group) => ({ group, cadre: `c-${group}` }));
    const accountId = await bindGroups(database, { platform: 'test', name: 'bot' }, groups, at(8));
    const [g, h] = [(await findGroup(db, accountId, 'g'))!, (await findGroup(db, accountId, 'h'))!];
    const names = ['u', 'v', 'w', 'c-g', 'c-h'];
    const ids = await resolvePeople(db, accountId, [...names.map((id) => ({ id })), { id: 'b', bot: true }]);
    const id = (name: string) => ids.get(name)!;
    await joined(db, g, [id('b')], undefined);
    const presence = [
      { groupId: g, day, personId: id('c-g'), slots: slot(9) },
      { groupId: g, day, personId: id('u'), slots: slot(9) },
      { groupId: g, day, personId: id('v'), slots: slot(20) },
      { groupId: g, day, personId: id('b'), slots: slot(9) },
      { groupId: g, day: day + 1, personId: id('w'), slots: slot(12) },
      { groupId: h, day, personId: id('w'), slots: slot(9) },
    ];
    await db.topic.create({
      data: {
        groupId: g,
        number: 7,
        title: 'x',
        text: 'x',
        openedAt: new Date(at(19)),
        closesAt: new Date(at(19, 7)),
        messageId: 'om_7',
      },
    });
    const topic = (await db.topic.findFirst())!;
    const mark = (key: string, person: string, when: number) => ({
      groupId: g,
      key,
      personId: id(person),
      at: when,
    });
    await addMarks(db, {
      presence,
      addresses: [{ groupId: g, day, fromId: id('c-g'), toId: id('v') }],
      topicMarks: [
        mark('tag:7', 'u', at(21)),
        mark('msg:om_7', 'w', at(21, 7)),
        mark(`topic:${topic.id}`, 'c-g', at(21)),
        mark('tag:70', 'v', at(21)),
        { ...mark('tag:7', 'v', at(21)), groupId: h },
      ],
      seen: [],
    });
    await addListening(db, accountId, { from: at(0), until: at(24) });
    await addListening(db, accountId, { from: at(0, 1), until: at(12, 1) }, g);
    await addListening(db, accountId, { from: at(0, 1), until: at(24, 1) }, h);
    for (const [startsAt, closed] of [
      [at(10, 3), true],
      [at(10, 4), false],
      [at(10, -400), true],
    ] as const) {
      const number = (await db.activity.count()) + 1;
      await db.activity.create({
        data: {
          groupId: g,
          number,
          title: 'x',
          startsAt: new Date(startsAt),
          endsAt: new Date(startsAt),
          createdAt: new Date(at(0)),
          ...(closed ? { closedAt: new Date(startsAt), note: '好' } : {}),
          checkIns: { create: [{ personId: id('u'), at: new Date(startsAt) }] },
        },
      });
    }

    const facts = await loadFacts(db, g, { from: day, to: day + 1 });
    expect(figures(facts, { from: day, to: day + 1 })).toEqual({
      voiceDays: ['2026-09-01'],
      unknownDays: ['2026-09-02'],
      weeks: { '2026-W36': { exchange: 2 } },
      topics: { '7': { month: '2026-09', clear: 1, inferred: 1 } },
      activeByDay: { '2026-09-01': 2, '2026-09-02': 1 },
      quarters: { '2026-Q3': { activities: 1 } },
      years: { '2026': { met: 1 } },
    });
    expect(facts.activities).toHaveLength(2);
    // Other days have other facts; those of the year stay.
    const later = await loadFacts(db, g, { from: day + 1, to: day + 1 });
    expect([later.topics, [...later.presence.keys()], later.activities.length]).toEqual([[], [day + 1], 2]);
    expect((await loadFacts(db, h, { from: day, to: day + 1 })).listening).toEqual([
      // What the whole account heard counts from the binding on.
      { from: at(8), until: at(24, 1) },
    ]);
  });
});
