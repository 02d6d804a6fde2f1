import { expect, it } from 'vitest';
import { resolveGroup } from '../../prisma/store/identity.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { begin, message, morning } from '../../tests/support/intake.ts';

describeOnBoth('messages behind what may bind their group', (open) => {
  const chat = { kind: 'group', id: 'g3' } as const;
  const binding = message('/绑定 ABCD-1234', { id: 'binding', chat });

  async function unbound() {
    const database = await open();
    const stage = await begin(database);
    await stage.accept(message('还没绑定', { chat }));
    const { db } = database;
    const bind = async () => {
      const group = await database.transaction((tx) => resolveGroup(tx, stage.accountId, chat, morning));
      const { id, personId } = await db.cadre.findFirstOrThrow();
      const at = new Date(morning);
      await db.binding.create({
        data: { groupId: group, cadreId: id, personId: personId ?? 0, at, eventKey: 'e' },
      });
      await db.inbox.updateMany({ data: { doneAt: at } });
    };
    /** Whether a promise settles while nothing else happens. */
    const settles = (promise: Promise<void>) =>
      Promise.race([promise.then(() => true), db.inbox.count().then(() => false)]);
    return { database, bind, settles, ...stage };
  }

  it.each([
    binding,
    message('@联青 ／ＢＩＮＤ', { id: 'bind', chat }),
    message('是。', { id: 'yes', chat }),
    { ...message(''), type: 'press', id: 'press', chat, command: '/是', values: {} } as const,
  ])('wait until $id is done, and are counted', async (event) => {
    const { database, intake, accept, bind, settles } = await unbound();
    const heard = accept(event);
    const behind = [
      accept(message('大家好呀', { chat })),
      accept(message('@联青 你好', { chat, mentionsBot: true, sender: { id: 'g1-2' } })),
    ];
    await heard;
    for (const waiting of behind) expect(await settles(waiting)).toBe(false);
    // Nobody else waits for it.
    await accept(message('今天人多吗'));
    await bind();
    await intake.done(event);
    await Promise.all(behind);
    expect(await database.db.presence.count()).toBe(3);
    expect(intake.presence.accept(message('又一句', { chat }))).toBeUndefined();
  });

  it('wait for what is done already, heard again, no longer than it takes to see that', async () => {
    const { database, intake, accept, bind } = await unbound();
    await accept(binding);
    await bind();
    await intake.done(binding);
    await Promise.all([accept(binding), accept(message('大家好呀', { chat }))]);
    expect(await database.db.presence.count()).toBe(1);
  });

  it('are rejected when the binding could not be kept, or the bot stops, and come again', async () => {
    const { database, intake, accept } = await unbound();
    await database.db.$executeRawUnsafe('ALTER TABLE "Inbox" RENAME TO "Away"');
    const lost = [accept(binding), accept(message('大家好呀', { chat }))];
    for (const { status } of await Promise.allSettled(lost)) expect(status).toBe('rejected');
    await database.db.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Inbox"');
    await accept(binding);
    const behind = accept(message('大家好呀', { chat }));
    intake.stopWaiting();
    await expect(behind).rejects.toThrow('stops');
    await intake.drained();
  });
});
