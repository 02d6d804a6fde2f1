import { expect, it } from 'vitest';
import { bareTitle, likelyKind, takeExtras } from './extras.ts';

it.each([
  ['周六下午2点 操场 夜跑', '周六下午2点 操场 夜跑', undefined, undefined],
  ['周六下午2点 操场 夜跑 限30人', '周六下午2点 操场 夜跑', undefined, 30],
  ['周六下午2点，操场，夜跑（限３０人）', '周六下午2点，操场，夜跑', undefined, 30],
  [
    '时间：周六14:00 地点：敬老院 名称：陪聊 类别：志愿服务 名额：12',
    '时间：周六14:00 地点：敬老院 名称：陪聊',
    'volunteering',
    12,
  ],
  ['周六 限时挑战赛 30人', '周六 限时挑战赛 30人', undefined, undefined],
])('%s', (written, rest, kind, capacity) => {
  expect(takeExtras(written)).toEqual({ rest, kind, unknownKind: undefined, capacity });
});

it('names a kind that is none, and takes no private one', () => {
  expect(takeExtras('类别：开会 周六 操场')).toMatchObject({ kind: undefined, unknownKind: '开会' });
  expect(takeExtras('类别：谈心谈话')).toMatchObject({ kind: undefined, unknownKind: '谈心谈话' });
});

it.each([
  ['夜跑', true, 'culture_sport'],
  ['敬老院志愿服务', true, 'volunteering'],
  ['飞盘局', true, 'exchange'],
  ['谈心会', true, 'exchange'],
  ['先走访再做志愿', true, 'exchange'],
  ['读书分享会', false, 'online_activity'],
])('%s (offline: %s) is likely %s', (title, offline, kind) => {
  expect(likelyKind({ title, offline })).toBe(kind);
});

it.each([
  ['组织飞盘活动', '飞盘活动'],
  ['植树 志愿服务', '植树'],
  ['志愿服务', '志愿服务'],
  ['办公软件小课堂', '办公软件小课堂'],
  ['举办一次读书会', '读书会'],
  ['夜跑', '夜跑'],
])('%s is called %s', (title, bare) => {
  expect(bareTitle(title)).toBe(bare);
});
