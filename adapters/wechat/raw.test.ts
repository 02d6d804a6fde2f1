import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRaw } from './raw.ts';

const self = '@bot';
const raw = (more: object) => ({
  MsgId: '1',
  FromUserName: '@@room',
  ToUserName: self,
  MsgType: 1,
  Content: '@ann:<br/>你好',
  CreateTime: 1_800_000_000,
  ...more,
});
/** As the server escapes what somebody types in a group. */
const typed = (text: string) =>
  `@ann:<br/>${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br/>')}`;
const messageOf = (more: object) => {
  const read = readRaw(raw(more), self);
  return read.kind === 'message' ? read.message : undefined;
};

describe('raw messages', () => {
  it('tells sender, group and text', () => {
    expect(messageOf({})).toMatchObject({
      id: '1',
      room: '@@room',
      from: '@ann',
      text: '你好',
      kind: 'text',
    });
    const private_ = messageOf({ FromUserName: '@ann', Content: '在吗' });
    expect(private_).toMatchObject({ from: '@ann', text: '在吗' });
    expect(private_?.room).toBeUndefined();
  });

  it('keeps whatever is typed, whole and as text', () => {
    const texts = [
      '时间:\n地点:\n人数:',
      '🌚 🌚🌚 🌚🌚 🌚',
      '<msg><appmsg><title>x</title></appmsg></msg>',
      "I've accepted your friend request. Now let's chat!",
      '"小王"邀请"小李"加入了群聊',
      '&lt;br/&gt; 是换行的写法',
    ];
    for (const text of texts)
      expect(messageOf({ Content: typed(text) })).toMatchObject({ kind: 'text', text });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        fc.pre(!text.includes("'") && !/<span/.test(text));
        expect(messageOf({ Content: typed(text) })?.text).toBe(text);
      }),
    );
  });

  it('tells kinds by the number that the server gives', () => {
    const kinds = [
      [{ MsgType: 3 }, 'image'],
      [{ MsgType: 34 }, 'voice'],
      [{ MsgType: 43 }, 'video'],
      [{ MsgType: 47 }, 'sticker'],
      [{ MsgType: 49, AppMsgType: 6 }, 'file'],
      [{ MsgType: 49, AppMsgType: 5 }, 'link'],
      [{ MsgType: 49, AppMsgType: 33 }, 'card'],
      [{ MsgType: 49, AppMsgType: 2001 }, 'sticker'],
    ] as const;
    for (const [more, kind] of kinds) expect(messageOf(more)?.kind).toBe(kind);
  });

  it('reads a quote that stands apart from the text', () => {
    const xml =
      '<msg><appmsg><title>七点</title><type>57</type><refermsg><svrid>88</svrid><displayname>安然</displayname><content>几点</content></refermsg></appmsg></msg>';
    expect(messageOf({ MsgType: 49, AppMsgType: 57, Content: typed(xml) })).toMatchObject({
      kind: 'text',
      text: '七点',
      quote: { id: '88', name: '安然' },
    });
  });

  it('keeps notices and open chats apart, and drops what is the bot’s own or nothing', () => {
    expect(readRaw(raw({ MsgType: 10_000, Content: '安然邀请博文加入了群聊' }), self)).toMatchObject({
      kind: 'notice',
      chat: '@@room',
    });
    expect(readRaw(raw({ MsgType: 51, StatusNotifyUserName: '@@a,@b,' }), self)).toEqual({
      kind: 'chats',
      ids: ['@@a', '@b'],
    });
    expect(readRaw(raw({ FromUserName: self }), self).kind).toBe('nothing');
    expect(readRaw(raw({ Content: '@bot:<br/>我说的' }), self).kind).toBe('nothing');
    expect(readRaw(raw({ MsgType: 50 }), self).kind).toBe('nothing');
  });

  it('never throws, whatever the server sends', () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (anything, more) => {
        readRaw(anything, self);
        readRaw({ ...raw({}), ...more }, self);
      }),
    );
  });
});
