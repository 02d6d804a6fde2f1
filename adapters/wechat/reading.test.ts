import { describe, expect, it } from 'vitest';
import type { HeardMessage } from './protocol.ts';
import { readMessage, roomOf } from './reading.ts';

const self = { id: '@bot', name: '联青' };
const zhang = { id: '@zhang', name: '张晓' };
const dashes = '- - - - - - - - - - - - - - -';

function read(
  text: string,
  members: readonly { id: string; name: string }[],
  more: Partial<HeardMessage> = {},
) {
  const heard: HeardMessage = {
    type: 'message',
    id: 'm1',
    at: 1,
    room: '@@1',
    from: '@zhao',
    kind: 'text',
    text,
    mentions: [],
    ...more,
  };
  const room = roomOf({
    type: 'room',
    id: 'r',
    at: 1,
    room: '@@1',
    name: '一班',
    members: [self, { id: '@zhao', name: '赵一' }, ...members],
  });
  return readMessage(heard, {
    self,
    chat: { kind: 'group', id: '@@1' },
    room,
    friend: undefined,
    ownMessage: (words) => (words === '【话题1】图书馆几点最挤？' ? 'own' : undefined),
  });
}

describe('names in a group', () => {
  it('that two people bear stand for neither, also where the second is written a little otherwise', () => {
    for (const twin of ['张晓', ' 张晓\u2005', '张晓'.normalize('NFD')]) {
      const members = [zhang, { id: '@twin', name: twin }];
      expect(read('@张晓\u2005在吗', members).mentions).toEqual([]);
      expect(read(`「张晓：在」\n${dashes}\n好的老师`, members).quotes).toEqual({ id: 'inline/m1' });
    }
    expect(read('@张晓\u2005在吗', [zhang]).mentions).toEqual(['@zhang']);
  });

  it('of a quote tell whose it is, and its words which one of the bot’s', () => {
    expect(read(`「张晓：在」\n${dashes}\n好的老师`, [zhang])).toMatchObject({
      text: '好的老师',
      quotes: { id: 'inline/m1', sender: '@zhang' },
    });
    const topic = `「联青：【话题1】图书馆几点最挤？」\n${dashes}\n八点`;
    expect(read(topic, []).quotes).toEqual({ id: 'own', sender: '@bot', bot: true });
    expect(read(`「联青：」\n${dashes}\n八点`, []).quotes).toMatchObject({ id: 'inline/m1' });
  });

  it('like the bot’s do not make somebody the bot', () => {
    const imposter = [{ id: '@imposter', name: '联青' }];
    expect(read('hi', [], { quote: { id: '7', name: '联青' } }).quotes).toMatchObject({ bot: true });
    const own = { id: '@bot', name: '小助手' };
    const renamed = readMessage(
      {
        type: 'message',
        id: 'm',
        at: 1,
        room: '@@1',
        from: '@zhao',
        kind: 'text',
        text: 'hi',
        mentions: [],
        quote: { id: '7', name: '联青' },
      },
      {
        self,
        chat: { kind: 'group', id: '@@1' },
        room: roomOf({ type: 'room', id: 'r', at: 1, room: '@@1', name: '', members: [own, ...imposter] }),
        friend: undefined,
        ownMessage: () => undefined,
      },
    );
    expect(renamed.quotes).toEqual({ id: '7', sender: '@imposter' });
  });
});
