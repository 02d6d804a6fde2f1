import { expect, it } from 'vitest';
import { OwnMessages } from './own-messages.ts';

it('the bot’s own message is known by its words, in its chat alone', () => {
  const own = new OwnMessages();
  const topic = '【话题3】图书馆几点最挤？说说你的经验';
  own.add({ chat: 'group:one', id: '1', text: topic });
  own.add({ chat: 'group:two', id: '2', text: topic });
  own.add({ chat: 'group:one', id: '3', text: '【活动1｜飞盘局】时间改到三点' });
  own.add({ chat: 'group:one', id: '4', text: '【活动1｜飞盘局】地点改到操场' });
  expect(own.find('group:one', topic)).toBe('1');
  expect(own.find('group:two', `${topic.slice(0, 12)}...`)).toBe('2');
  expect(own.find('group:three', topic)).toBeUndefined();
  // Nothing, a few characters and what may be either tell nothing.
  for (const words of ['', '...', '【', '【活动1｜飞盘局】', '别的话'])
    expect(own.find('group:one', words)).toBeUndefined();
});
