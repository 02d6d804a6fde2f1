import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapterContract } from '../contract.ts';
import { adapterOn, MockSchool } from './testing.ts';

const room = '@@one';

adapterContract('wechat, on Wechaty’s mock', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-wechat-'));
  const school = new MockSchool(
    [
      { id: 'ann', name: '安然' },
      { id: 'bob', name: '博文' },
    ],
    { id: room, topic: '一班' },
  );
  return {
    group: { kind: 'group', id: room, name: '一班' },
    people: [
      { id: 'ann', name: '安然' },
      { id: 'bob', name: '博文' },
    ],
    async open() {
      const adapter = adapterOn(school, folder);
      const { start } = adapter;
      return {
        ...adapter,
        // A login takes a person with a phone: here it comes at once.
        async start(sink) {
          await start(sink);
          await school.online();
          while (adapter.status().heardAt === undefined) await new Promise(setImmediate);
        },
      };
    },
    async say(sender, where, text, options = {}) {
      const called = [...(options.mentions ?? []), ...(options.mentionsBot ? [school.bot] : [])];
      const words = `${called.map(({ name }) => `@${name}\u2005`).join('')}${text}`;
      return school.says(sender.id, where === 'group' ? room : school.bot.id, words);
    },
    async shown(chat) {
      return school.said
        .filter(({ to }) => to === chat.id)
        .map(({ text }, n) => ({ id: `${chat.id}/${n}`, text }));
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
    },
  };
});
