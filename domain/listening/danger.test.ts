import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { soundsDangerous } from './danger.ts';

test.each([
  '我不想活了',
  '真的不想再活下去了',
  '不 想 活 了',
  '不想\u200b活',
  '活不下去了',
  '我活够了',
  '活着好没意思',
  '活着真的太没意义了',
  '没有活下去的勇气',
  '不知道活着的意义',
  '我想死',
  '好想死啊',
  '每天都想死',
  '想死的心都有了',
  '想4了',
  '我想去死',
  '还不如死了算了',
  '死了一了百了',
  '生不如死',
  '想自杀',
  '他说要自殺',
  '有轻生的念头',
  '我又自残了',
  '忍不住自伤',
  '割腕',
  '想从楼上跳下去',
  '我要跳楼',
  '吃了一整瓶安眠药',
  '想结束自己的生命',
  '想结束这一切，自我了断',
  '我想离开这个世界',
  '好想消失',
  '真想就这样不要再醒来',
  '没有我大家会更好',
  '写好了遗书',
  '忍不住伤害自己',
  '室友说她不想活了，怎么办',
  '爸爸家暴我',
  '昨晚被人跟踪了',
  '在宿舍被室友殴打',
  '他说要杀了我',
  '最近总想到死亡',
  'I want to die',
  'thinking of SUICIDE',
  '我不想活在这个世界上',
  '不想活得这么累了，真的不想活',
])('“%s” is danger', (text) => {
  expect(soundsDangerous(text)).toBe(true);
});

test.each([
  '',
  '宿舍热死了，能装空调吗',
  '作业多得累死了',
  '军训累得要死',
  '笑死我了',
  '饿死了食堂几点开门',
  '困得想死',
  '热得我想死',
  '想死你们了，什么时候再聚',
  '想死你了',
  '想死我了这道菜',
  '不想死记硬背，怎么学政治',
  '老师的思想死板',
  '不想活动，周末能不能休息',
  '课堂不想活跃气氛',
  '希望班级活得精彩',
  '手机死机了',
  '电脑卡死了',
  '这道题难死了',
  '自行车棚该修了',
  '自习室晚上太早关门',
  '超市跳楼价大甩卖是真的吗',
  '游乐园跳楼机好玩吗',
  '窗户要装防跳楼网',
  '希望办预防自杀的讲座',
  '学校有没有自杀预防课程',
  '推荐紫砂壶社团',
  '路灯坏了',
  '宿舍三楼的热水晚上总是断',
  '想要一个微波炉',
  '这事就算了吧',
  '不要打扰我学习',
  '死线快到了，材料交到哪里',
  '生活费不够怎么办',
  '希望离开宿舍时断电提醒',
  '花养不活怎么办',
  '杀毒软件过期了',
  '希望多办防性侵讲座',
  '下棋想打自己的节奏',
  '图书馆想消失的书能补吗',
])('“%s” is none', (text) => {
  expect(soundsDangerous(text)).toBe(false);
});

it('is heard anywhere in a text, and any text is read quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      // A letter right before or behind may make another word of it.
      expect(soundsDangerous(`${before}。我想自杀。${after}`)).toBe(true);
    }),
  );
  for (const piece of ['想', '不想活动', '吃了药', '被人', '活着也', '没有活', ' '])
    expect(soundsDangerous(piece.repeat(1_000_000 / piece.length))).toBe(false);
});
