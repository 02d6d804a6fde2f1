import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatDateTimeRange } from '../calendar/format-datetime.ts';
import { readAnnouncement } from './announcement.ts';

/** A Wednesday. */
const now = Date.parse('2026-09-02T15:00:00+08:00');

function read(written: string): string {
  const reading = readAnnouncement(written, now);
  if (reading.kind === 'fault') return reading.say;
  const { title, place, startsAt, endsAt, offline } = reading.plan;
  return [
    formatDateTimeRange(startsAt, endsAt ?? startsAt, now).replace(/（周.）/gu, ' '),
    place,
    title,
    offline ? '线下' : '线上',
  ].join('｜');
}

const tomorrow = '9月3日 19:00-19:00';
const saturday = '9月5日 14:00-14:00';

describe('an announcement', () => {
  const table: [written: string, understood: string][] = [
    // Order and separators.
    ['周六下午2点-4点 操场 夜跑', '9月5日 14:00-16:00｜操场｜夜跑｜线下'],
    ['明晚7点，操场，飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['明晚7点、操场、飞盘局。', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['飞盘局 明晚7点 操场', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['操场 飞盘局 明晚7点', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['飞盘局，操场，明晚7点', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['明晚7点\n操场\n飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['飞盘局；明晚7点；老地方', `${tomorrow}｜老地方｜飞盘局｜线下`],
    ['明晚7点 老地方 飞盘局', `${tomorrow}｜老地方｜飞盘局｜线下`],
    [
      '周六下午两点半 图书馆门口 一起学雷锋志愿服务',
      '9月5日 14:30-14:30｜图书馆门口｜一起学雷锋志愿服务｜线下',
    ],
    // Labels.
    ['时间：明晚7点地点：操场主题：飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['时间:明晚7点 地点:操场 名称:飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['主题：飞盘局\n时间：明晚7点\n地点：操场', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['活动：飞盘局，地点：东区操场，时间：明晚7点。', `${tomorrow}｜东区操场｜飞盘局｜线下`],
    ['时间：明晚7点地点：操场活动：飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['活动名称：飞盘局 活动时间：明晚7点 活动地点：操场', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['【时间】明晚7点【地点】操场【主题】飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['飞盘局 时间：明晚7点 地点：操场', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['明晚7点 操场 主题：飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['明晚7点 飞盘局 地点：春天里', `${tomorrow}｜春天里｜飞盘局｜线下`],
    ['时间：明晚7点 操场 飞盘局', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['主题：飞盘局 时间：明晚7点', `${tomorrow}｜｜飞盘局｜线下`],
    ['主题：明晚7点飞盘局 地点：操场', `${tomorrow}｜操场｜飞盘局｜线下`],
    ['周六下午2点 志愿活动：植树', `${saturday}｜｜志愿活动：植树｜线下`],
    ['明晚7点 操场 飞盘局 联系方式：张老师', `${tomorrow}｜操场｜飞盘局 联系方式：张老师｜线下`],
    // Places of every kind, and none.
    ['周六下午2点 读书会', `${saturday}｜｜读书会｜线下`],
    ['周六下午2点 操场夜跑', `${saturday}｜｜操场夜跑｜线下`],
    ['周六下午2点 图书馆读书会', `${saturday}｜｜图书馆读书会｜线下`],
    ['周六下午2点在操场玩飞盘', `${saturday}｜操场｜玩飞盘｜线下`],
    ['周六下午2点 3号楼201 摄影分享', `${saturday}｜3号楼201｜摄影分享｜线下`],
    ['周六14:00-16:00 A301 Python 入门', '9月5日 14:00-16:00｜A301｜Python 入门｜线下'],
    ['周六下午2点到4点，教3-201，期末复习会', '9月5日 14:00-16:00｜教3-201｜期末复习会｜线下'],
    ['周六下午2点 东校区 操场 飞盘局', `${saturday}｜东校区 操场｜飞盘局｜线下`],
    ['周六下午2点 图书馆 参观博物馆', `${saturday}｜图书馆｜参观博物馆｜线下`],
    ['周六下午2点 操场 飞盘局，自带水杯。', `${saturday}｜操场｜飞盘局，自带水杯｜线下`],
    ['我们周六下午2点去图书馆门口集合，一起学雷锋', `${saturday}｜图书馆门口｜一起学雷锋｜线下`],
    ['各位同学，周六下午2点，第一食堂二楼，包饺子', `${saturday}｜第一食堂二楼｜包饺子｜线下`],
    // Online and offline.
    ['9月5日14:00 线上 读书分享会', `${saturday}｜｜读书分享会｜线上`],
    ['9月5日14:00 线上 春风 读书会', `${saturday}｜｜春风 读书会｜线上`],
    ['周六下午2点 线上读书会', `${saturday}｜｜线上读书会｜线上`],
    [
      '周六下午2点 腾讯会议 123-456-789 职业规划分享',
      `${saturday}｜腾讯会议 123-456-789｜职业规划分享｜线上`,
    ],
    ['职业规划分享 周六下午2点 腾讯会议', `${saturday}｜腾讯会议｜职业规划分享｜线上`],
    ['时间：周六下午2点 地点：腾讯会议 主题：简历怎么写', `${saturday}｜腾讯会议｜简历怎么写｜线上`],
    [
      '周六下午2点 https://meeting.tencent.com/dm/8Xk2 读书会',
      `${saturday}｜https://meeting.tencent.com/dm/8Xk2｜读书会｜线上`,
    ],
    ['周六下午2点 校史馆直播', `${saturday}｜｜校史馆直播｜线上`],
    ['周六下午2点 活动室 一起看女排直播', `${saturday}｜活动室｜一起看女排直播｜线下`],
    ['周六下午2点 云团课', `${saturday}｜｜云团课｜线上`],
    ['周六下午2点 云南映象观影', `${saturday}｜｜云南映象观影｜线下`],
    ['周六下午2点 操场 线下见面会', `${saturday}｜操场｜线下见面会｜线下`],
    ['周六下午2点 线上线下同步 报告厅 宣讲会', `${saturday}｜报告厅｜线上线下同步 宣讲会｜线下`],
    ['主题：读书会 时间：周六下午2点 形式：线上', `${saturday}｜｜读书会｜线上`],
    ['线上 周六下午2点 操场 夜跑', `${saturday}｜操场｜夜跑｜线上`],
    ['线下 周六下午2点 腾讯会议 读书会', `${saturday}｜腾讯会议｜读书会｜线下`],
    // A form's values, a line each.
    ['周六下午2点\n桂花树下\n茶话会\n线下', `${saturday}｜桂花树下｜茶话会｜线下`],
    ['周六下午2点\n第一食堂 二楼\n美食，分享\n线下', `${saturday}｜第一食堂 二楼｜美食，分享｜线下`],
    ['周六下午2点\n读书会 第三期\n线上', `${saturday}｜｜读书会 第三期｜线上`],
  ];
  test.each(table)('%s', (written, understood) => {
    expect(read(written)).toBe(understood);
  });

  it('without a time says what to write', () => {
    expect(read('操场 飞盘局')).toContain('没看到时间');
    expect(read('时间：待定 地点：操场 主题：飞盘局')).toContain('没看到时间');
    expect(read('时间：周六 主题：飞盘局')).toContain('还差几点');
    expect(read('周六下午2点')).toBe(`${saturday}｜｜｜线下`);
  });

  it('keeps every word that is not the time’s, whatever the order', () => {
    const shuffled = fc.shuffledSubarray(['周六下午2点', '操场', '飞盘局'], { minLength: 3 });
    const gap = fc.constantFrom(' ', '，', '、', '；', '。', '\n', ' ， ');
    fc.assert(
      fc.property(shuffled, gap, (words, between) => {
        expect(read(words.join(between))).toBe(`${saturday}｜操场｜飞盘局｜线下`);
      }),
    );
  });

  it('throws for no text', () => {
    const piece = fc.constantFrom(
      '时间：',
      '【地点】',
      '活动：',
      '周六',
      '下午2点',
      '操场',
      '线上',
      '，',
      '\n',
      '云',
      '在',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (written) => {
          expect(['read', 'fault']).toContain(readAnnouncement(written, now).kind);
        },
      ),
    );
  });
});
