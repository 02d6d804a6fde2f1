import type { FakeFeishu } from '../../tests/feishu/server.ts';
import { adapterContract, type Fixture } from '../contract.ts';
import type { FeishuAdapter } from './feishu.ts';
import { adapterOn, oneGroup, school, webhookMode } from './testing.ts';

function fixtureOf(feishu: FakeFeishu, open: () => Promise<FeishuAdapter>): Fixture {
  return {
    group: { ...oneGroup, name: '一班' },
    people: [
      { id: 'ou_ann', name: '安然' },
      { id: 'ou_bob', name: '博文' },
    ],
    open,
    async say(sender, where, text, options = {}) {
      const mention = [
        ...(options.mentions ?? []).map(({ id }) => id),
        ...(options.mentionsBot ? ['bot'] : []),
      ];
      const said = feishu.user(sender.id).says(text, {
        ...(where === 'group' ? { chat: 'oc_one' } : {}),
        ...(options.quote === undefined ? {} : { quote: options.quote }),
        mention,
      });
      return said.messageId;
    },
    async shown(chat) {
      return feishu.sent(chat.id).map((message) => ({
        id: message.messageId,
        text: message.text || JSON.stringify(message.json),
        quote: message.parentId,
      }));
    },
    async press(sender, messageId, button) {
      let place = -1;
      await feishu.user(sender.id).presses(messageId, () => {
        place++;
        return place === button;
      });
    },
    close: () => feishu.stop(),
  };
}

adapterContract('feishu, long connection', async () => {
  const feishu = await school();
  return fixtureOf(feishu, async () => {
    const adapter = await adapterOn(feishu);
    return {
      ...adapter,
      abilities: adapter.abilities,
      port: undefined,
      // The stand-in pushes once it has seen the first ping.
      start: async (sink) => {
        await adapter.start(sink);
        await feishu.connected();
      },
    };
  });
});

adapterContract('feishu, webhook', async () => {
  const feishu = await school();
  return fixtureOf(feishu, async () => {
    const adapter = await adapterOn(feishu, { mode: webhookMode(feishu) });
    return {
      ...adapter,
      abilities: adapter.abilities,
      port: undefined,
      start: async (sink) => {
        await adapter.start(sink);
        feishu.useWebhook(`http://127.0.0.1:${adapter.port}/feishu`);
      },
    };
  });
});
