import { expect, it } from 'vitest';
import type { ChatEvent } from '../../adapters/adapter.ts';
import { noHolidays } from '../../domain/calendar/workdays.ts';
import { usualLimits } from '../../domain/listening/limits.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { findGroup, youthsOf } from '../../prisma/store/identity.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { secretOf } from '../secret.ts';
import { apologiseFor, reactTo } from './react.ts';

const now = Date.UTC(2026, 8, 2);
const base = (id: string, name = '一群') => ({
  id,
  at: now,
  chat: { kind: 'group', id: 'g', name } as const,
});

describeOnBoth('events that say nothing to the bot', (open) => {
  const begin = async () => {
    const database = await open();
    const { db } = database;
    const surroundings = {
      accountId: await ensureAccount(db, 'test', 'bot'),
      now: () => now,
      secret: secretOf('for tests'),
      random: (bytes: number) => new Uint8Array(bytes),
      abilities: { cards: true, updates: false },
      helpLines: '有危险请打 120。',
      limits: usualLimits,
      calendar: noHolidays,
    };
    const happens = (event: ChatEvent) => database.transaction((tx) => reactTo(surroundings)(tx, event));
    const fails = (event: ChatEvent) => database.transaction((tx) => apologiseFor(surroundings)(tx, event));
    const group = async () => {
      const id = (await findGroup(db, surroundings.accountId, 'g'))!;
      const { name, leftAt } = await db.group.findUniqueOrThrow({ where: { id } });
      return { id, name, leftAt: leftAt?.getTime(), youths: (await youthsOf(db, id, undefined)).length };
    };
    return { db, happens, fails, group };
  };

  it('change who is in the group, what it is called, and whether the bot is in it', async () => {
    const { happens, group } = await begin();
    const members = [{ id: 'u', name: '小青' }, { id: 'v' }, { id: 'robot', bot: true }];
    expect(await happens({ ...base('1'), type: 'join', members })).toEqual([]);
    expect(await happens({ ...base('2', '青年群'), type: 'renamed' })).toEqual([]);
    expect(await group()).toMatchObject({ name: '青年群', youths: 2, leftAt: undefined });
    expect(await happens({ ...base('3'), type: 'leave', members: [{ id: 'v' }, { id: 'nobody' }] })).toEqual(
      [],
    );
    expect(await happens({ ...base('4'), type: 'bot-removed' })).toEqual([]);
    expect(await group()).toMatchObject({ youths: 1, leftAt: now });
    const { id } = await group();
    const [introduction, ...others] = await happens({ ...base('5'), type: 'bot-added' });
    expect(introduction).toMatchObject({ key: `introduction/${id}`, kind: 'post', to: { groupId: id } });
    expect(others).toEqual([]);
    expect(await group()).toMatchObject({ leftAt: undefined });
  });

  it('that fail need no apology; who spoke to the bot gets one', async () => {
    const { fails } = await begin();
    expect(await fails({ ...base('1'), type: 'join', members: [{ id: 'u' }] })).toEqual([]);
    const press = { ...base('2'), type: 'press', sender: { id: 'u' }, command: '/帮助', values: {} } as const;
    expect(await fails(press)).toMatchObject([{ kind: 'reply', to: { groupId: 1 }, quote: undefined }]);
    const rest = {
      sender: { id: 'u' },
      kind: 'text',
      text: '/帮助',
      mentions: [],
      mentionsBot: false,
    } as const;
    const [apology] = await fails({
      ...base('3'),
      type: 'message',
      ...rest,
      chat: { kind: 'private', id: 'u' },
    });
    expect(apology).toMatchObject({ kind: 'reply', to: { personId: 1 }, quote: '3' });
    expect(JSON.stringify(apology?.draft)).toContain('抱歉');
  });
});
