/** What an event or a line of the history means, one by one; how they arrive stands in incoming.test.ts. */
import { describe, expect, it } from 'vitest';
import type { ListedMessage } from './answers.ts';
import type { Known } from './heard.ts';
import { heardEvents, heardOf, ignoredEvents, listedOf, messageEvent } from './incoming.ts';
import { pressOf } from './press.ts';

const known: Known = {
  botOpenId: 'ou_bot',
  appId: 'cli_app',
  personName: () => undefined,
  groupName: () => undefined,
};
const at = 1_789_000_000_000;

describe('a message as it is pushed', () => {
  const received = (sender: object, message: object = {}) => ({
    sender: { sender_id: { open_id: 'ou_ann' }, sender_type: 'user', ...sender },
    message: {
      message_id: 'om_1',
      create_time: String(at),
      chat_id: 'oc_1',
      chat_type: 'group',
      message_type: 'text',
      content: '{"text":"你好"}',
      ...message,
    },
  });
  const heard = (sender: object, message: object = {}) =>
    heardOf(messageEvent, received(sender, message), known)?.event;

  it.each([
    ['of the bot itself', { sender_id: { open_id: 'ou_bot' }, sender_type: 'bot' }],
    ['of nobody', { sender_id: {} }],
    ['of somebody whose id is kept back', { sender_id: null }],
  ])('one %s is no message', (_what, sender) => {
    expect(heard(sender)).toBeUndefined();
  });

  it.each(['app', 'bot', 'something_new'])('a sender of the kind “%s” is a bot', (sender_type) => {
    expect(heard({ sender_type })).toMatchObject({ sender: { id: 'ou_ann', bot: true } });
  });

  it('a line of the system’s is nobody’s', () => {
    expect(heard({}, { message_type: 'system', content: '{}' })).toBeUndefined();
  });

  it('a null where the documents leave a thing out loses nothing', () => {
    const message = heard(
      { sender_type: null, tenant_key: null },
      { parent_id: null, root_id: null, thread_id: null, mentions: null },
    );
    expect(message).toMatchObject({ text: '你好', mentions: [], sender: { id: 'ou_ann' } });
    expect(message).not.toHaveProperty('quotes');
    expect(message).not.toHaveProperty('sender.bot');
    const mentions = [{ key: '@_user_1', id: null, name: null }];
    expect(heard({}, { content: '{"text":"@_user_1 好"}', mentions })).toMatchObject({ text: '@? 好' });
  });
});

describe('a message of the history', () => {
  const line = (more: Partial<ListedMessage> = {}): ListedMessage => ({
    message_id: 'om_1',
    msg_type: 'text',
    create_time: String(at),
    sender: { id: 'ou_ann', sender_type: 'user' },
    body: { content: '{"text":"你好 @_user_1"}' },
    mentions: [{ key: '@_user_1', id: 'ou_bot', name: '联青' }],
    ...more,
  });

  it('is told as its event would have been', () => {
    expect(listedOf(line({ parent_id: 'om_0', thread_id: 'omt_1' }), 'oc_1', known)).toEqual({
      event: {
        type: 'message',
        id: 'om_1',
        at,
        chat: { kind: 'group', id: 'oc_1' },
        sender: { id: 'ou_ann' },
        kind: 'text',
        text: '你好 @联青',
        mentions: [],
        mentionsBot: true,
        quotes: { id: 'om_0' },
      },
      asks: 'om_0',
      inThread: true,
    });
  });

  it.each([
    ['the bot’s own', { sender: { id: 'cli_app', sender_type: 'app' } }],
    ['withdrawn', { deleted: true, body: { content: 'This message was recalled' } }],
    ['nobody’s', { sender: null }],
    ['without a body', { body: undefined }],
    ['a line of the system’s', { msg_type: 'system' }],
  ])('one that is %s is left out', (_what, more) => {
    expect(listedOf(line(more), 'oc_1', known)).toBeUndefined();
  });

  it.each(['app', 'anonymous', 'unknown'])('a sender of the kind “%s” is no person', (sender_type) => {
    const heard = listedOf(line({ sender: { id: 'cli_other', sender_type } }), 'oc_1', known);
    expect(heard?.event).toMatchObject({ sender: { id: 'cli_other', bot: true } });
  });
});

describe('a pressed button', () => {
  const press = (action: object, more: object = {}) =>
    pressOf(
      {
        event_id: 'e1',
        create_time: String(at * 1_000),
        operator: { open_id: 'ou_ann' },
        action,
        context: { open_chat_id: 'oc_1' },
        ...more,
      },
      known,
    )?.event;

  it('tells its time in microseconds, or, as other events do, in milliseconds', () => {
    expect(press({ value: { command: '/好' } })).toMatchObject({ at, chat: { kind: 'group', id: 'oc_1' } });
    expect(press({ value: { command: '/好' } }, { create_time: String(at) })).toMatchObject({ at });
  });

  it('may carry its value as text', () => {
    expect(press({ value: '{"command":"/好","private":true}' })).toMatchObject({
      command: '/好',
      chat: { kind: 'private', id: 'ou_ann' },
    });
    expect(press({ value: '好' })).toBeUndefined();
    expect(press({ value: { command: '' } })).toBeUndefined();
  });

  it('carries a command as long as a card can hold, whole', () => {
    const command = `/问卷 新建 群#1 ${'题'.repeat(8_000)}`;
    expect(press({ value: { command } })).toMatchObject({ command });
  });

  it('hands on the fields that were asked for, and no other', () => {
    const value = { command: '/诉求', fields: ['what', 'toString'] };
    const form_value = { what: '灯坏了', where: '二楼', what2: ['a'] };
    const heard = press({ value, form_value });
    expect(heard?.type === 'press' && { ...heard.values }).toEqual({ what: '灯坏了' });
  });

  it('without a place it is nowhere, unless it was a private one', () => {
    expect(press({ value: { command: '/好' } }, { context: undefined })).toBeUndefined();
  });
});

describe('what happens to a group', () => {
  const header = { event_id: 'e1', create_time: String(at), chat_id: 'oc_1' };
  const users = [
    { name: '新同学', user_id: { open_id: 'ou_new' } },
    { name: null, user_id: { open_id: null } },
  ];

  it('an invitation taken back is a leaving', () => {
    expect(heardOf('im.chat.member.user.withdrawn_v1', { ...header, users }, known)?.event).toMatchObject({
      type: 'leave',
      members: [{ id: 'ou_new', name: '新同学' }],
    });
    expect(heardEvents).toContain('im.chat.member.user.withdrawn_v1');
  });

  it('nobody of an id is nobody', () => {
    expect(
      heardOf('im.chat.member.user.added_v1', { ...header, users: users.slice(1) }, known),
    ).toBeUndefined();
  });

  it('a change without a new name, or with none at all, is no renaming', () => {
    for (const after_change of [{ name: null }, { name: '' }, null])
      expect(heardOf('im.chat.updated_v1', { ...header, after_change }, known)).toBeUndefined();
  });
});

it('what is left alone is named, so that the SDK does not warn of it', () => {
  expect(ignoredEvents).toEqual(
    expect.arrayContaining([
      'im.message.recalled_v1',
      'im.message.message_read_v1',
      'im.message.reaction.created_v1',
      'im.message.reaction.deleted_v1',
    ]),
  );
});
