import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, startOfDay } from '../calendar/day.ts';
import { parseInstant } from '../calendar/instant.ts';
import { clauseOf } from '../policy/documents/documents.ts';
import { correctDeed, type DeedWords, gradeOf, isWith, mayBeSame, readDeed } from './deed.ts';
import { kindIn } from './kind-words.ts';
import { asDeedKind, type DeedKind, deedKindNames, deedKinds } from './kinds.ts';

/** A Wednesday. */
const now = parseInstant('2026-05-20T20:00:00+08:00') ?? Number.NaN;

type Row = [string, DeedKind, string, string, string, number | undefined];
const rows: readonly Row[] = [
  ['团课 5月4日下午 给计科2班讲五四精神 32人', 'league_lecture', '2026-05-04', '计科2班', '五四精神', 32],
  ['讲团课 5月4日 给计科2班讲五四精神，32人', 'league_lecture', '2026-05-04', '计科2班', '五四精神', 32],
  ['昨天给计科2班上团课 三十二人', 'league_lecture', '2026-05-19', '计科2班', '', 32],
  ['志愿服务 周六上午9点 敬老院打扫卫生 12名同学', 'volunteering', '2026-05-16', '', '敬老院打扫卫生', 12],
  ['走访 周一 和电气系座谈 8人', 'visit', '2026-05-18', '电气系', '座谈', 8],
  ['走访电气系宿舍 昨天', 'visit', '2026-05-19', '电气系宿舍', '', undefined],
  ['文体活动 5月16日 3人篮球赛 共24人参加', 'culture_sport', '2026-05-16', '', '3人篮球赛', 24],
  ['办实事 今天 为三号楼修好了热水器', 'good_deed', '2026-05-20', '三号楼', '修好了热水器', undefined],
  ['实事：帮小王补办学生证', 'good_deed', '2026-05-20', '', '帮小王补办学生证', undefined],
  ['谈心谈话 昨天晚上 和小李谈恋爱问题', 'heart_talk', '2026-05-19', '', '', undefined],
  ['谈心 12日', 'heart_talk', '2026-05-12', '', '', undefined],
  ['和小明谈心谈话 今天', 'heart_talk', '2026-05-20', '', '', undefined],
  ['组织生活会 4月30日 对照检查 15人', 'org_life_meeting', '2026-04-30', '', '对照检查', 15],
  ['主题团日活动 五四 青春向党 40人', 'theme_day', '2026-05-20', '', '五四 青春向党', 40],
  ['主题团日 5.4 参观校史馆 约40人', 'theme_day', '2026-05-04', '', '参观校史馆', 40],
  ['机关开放日 2026年5月4日 五十余名青年', 'open_day', '2026-05-04', '', '', 50],
  ['分享会 上周五 读书心得 20人', 'sharing', '2026-05-15', '', '读书心得', 20],
  ['宣讲 5月6日 向大一新生宣讲反诈 120人', 'preaching', '2026-05-06', '大一新生', '反诈', 120],
  ['4+1 昨天 社区青年之家值班', 'grassroots_day', '2026-05-19', '', '社区青年之家值班', undefined],
  ['８＋４ 4月1日 驻平远县团委', 'grassroots_posting', '2026-04-01', '', '驻平远县团委', undefined],
  ['线上活动 5月10日 云合唱 66人', 'online_activity', '2026-05-10', '', '云合唱', 66],
  ['线上交流 前天 考研经验 18人', 'exchange', '2026-05-18', '', '考研经验', 18],
  ['交流 12月30日 和摄影社聊招新', 'exchange', '2025-12-30', '摄影社', '招新', undefined],
  ['加入公益组织 5月1日 蓝天救援队培训', 'join_organisation', '2026-05-01', '', '蓝天救援队培训', undefined],
  ['周五组织了一次夜跑 25人', 'culture_sport', '2026-05-15', '', '组织了一次夜跑', 25],
  ['5月18日 在操场办了篮球赛 40人', 'culture_sport', '2026-05-18', '', '在操场办了篮球赛', 40],
  ['团课 人数：32 主题：五四精神', 'league_lecture', '2026-05-20', '', '五四精神', 32],
  ['团课 给同学们讲党史 两位老师 30人', 'league_lecture', '2026-05-20', '同学们', '党史 两位老师', 30],
  ['座谈会 5月19日14:30 与学生会干部 10余人', 'exchange', '2026-05-19', '学生会干部', '座谈会', 10],
  ['慰问 大前天 困难家庭', 'visit', '2026-05-17', '', '慰问 困难家庭', undefined],
  ['义工 去年12月5日 图书馆整理书架', 'volunteering', '2025-12-05', '', '义工 图书馆整理书架', undefined],
  ['调研报告 5月18日 大学生就业的困惑', 'research', '2026-05-18', '', '大学生就业的困惑', undefined],
  ['报送问题清单 昨天', 'problem_list', '2026-05-19', '', '', undefined],
  ['学期工作情况 今天 做法和经验', 'semester_report', '2026-05-20', '', '做法和经验', undefined],
  ['走访调研 昨天 电气系', 'visit', '2026-05-19', '电气系', '', undefined],
  ['集中志愿服务 5月16日 清扫校园 200人', 'volunteer_day', '2026-05-16', '', '清扫校园', 200],
  ['志愿服务　５月１６日　图书馆　１２人', 'volunteering', '2026-05-16', '', '图书馆', 12],
];

describe('a deed in words', () => {
  it.each(rows)('%s', (text, kind, day, partner, topic, participants) => {
    const read = readDeed(text, now);
    if (read.kind === 'fault') throw new Error(read.say);
    const { deed } = read;
    expect([deed.kind, formatDay(deed.day), deed.partner, deed.topic, deed.participants]).toEqual([
      kind,
      day,
      partner,
      topic,
      participants,
    ]);
  });

  it.each([
    ['', '是哪一类工作'],
    ['昨天和大家吃饭', '是哪一类工作'],
    ['昨天先走访后座谈', '中的哪一类'],
    ['团课 明天 五四精神', '还没到'],
    ['团课 2024年5月4日', '一年以内'],
    ['团课 2月30日', '没有“2月30日”这一天'],
    ['团课 上周 五四精神', '是哪一天'],
    ['团课 5月4日 5月5日 五四精神', '不知道以哪个为准'],
    ['团课 5月4日周二 五四精神', '请改一下日期'],
    ['团课 0人', '人数要在'],
    [`团课 ${'长'.repeat(301)}`, '主题请收到'],
  ])('%s is not guessed at', (text, say) => {
    expect(readDeed(text, now)).toMatchObject({ kind: 'fault', say: expect.stringContaining(say) });
  });

  it('keeps the hour where it is told and plain, and says when today was assumed', () => {
    const read = readDeed('座谈会 5月19日14:30 与学生会干部', now);
    expect(read).toMatchObject({ deed: { at: startOfDay(parseDay('2026-05-19') ?? 0) + 14.5 * 3_600_000 } });
    expect(readDeed('座谈会 5月19日3点', now)).toMatchObject({ deed: { at: undefined } });
    expect(readDeed('座谈会 考研', now)).toMatchObject({ assumedToday: true });
  });

  it('never lies in the future, whatever is typed, and no word of a heart-talk is left', () => {
    const words = fc.constantFrom(
      '谈心谈话',
      '团课',
      '5月4日',
      '周六',
      '31日',
      '2月29日',
      '明天',
      '3点',
      '小李',
      '8人',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 5 }))), (parts) => {
        const read = readDeed(parts.join(' '), now);
        if (read.kind === 'fault') return;
        expect(startOfDay(read.deed.day)).toBeLessThanOrEqual(now);
        if (read.deed.kind === 'heart_talk')
          expect(read.deed).toMatchObject({ partner: '', topic: '', participants: undefined, at: undefined });
      }),
    );
  });
});

const lecture = (more: Partial<DeedWords> = {}): DeedWords => ({
  kind: 'league_lecture',
  day: parseDay('2026-05-04') ?? 0,
  at: undefined,
  partner: '计科2班',
  topic: '五四精神',
  participants: 32,
  ...more,
});

describe('a correction', () => {
  it.each([
    ['人数', '35人', { participants: 35 }],
    ['人数', '无', { participants: undefined }],
    ['日期', '5月5日', { day: parseDay('2026-05-05') }],
    ['对象', '软件1班', { partner: '软件1班' }],
    ['主题', '党史', { topic: '党史' }],
    ['类别', '宣讲', { kind: 'preaching' }],
    ['类别', '谈心谈话', { kind: 'heart_talk', partner: '', topic: '', participants: undefined }],
  ] as const)('of %s to %s', (what, value, changed) => {
    expect(correctDeed(lecture(), what, value, now)).toMatchObject({ deed: { ...lecture(), ...changed } });
  });

  it.each([
    ['人数', '许多', '人数请写成一个数'],
    ['日期', '明天', '还没到'],
    ['日期', '下次', '没看到日期'],
    ['类别', '开会', '没有“开会”这一类'],
  ] as const)('of %s to %s is refused', (what, value, say) => {
    expect(correctDeed(lecture(), what, value, now)).toMatchObject({ say: expect.stringContaining(say) });
  });

  it('adds no words to a heart-talk', () => {
    const talk = lecture({ kind: 'heart_talk', partner: '', topic: '' });
    for (const what of ['对象', '主题', '人数'] as const)
      expect(correctDeed(talk, what, '3', now)).toMatchObject({ kind: 'fault' });
  });
});

it.each([
  [lecture({ topic: '五四运动精神' }), true],
  [lecture({ partner: '', topic: '' }), true],
  [lecture({ partner: '机械1班', topic: '学习二十大报告' }), false],
  [lecture({ day: lecture().day + 1 }), false],
  [lecture({ kind: 'preaching' }), false],
])('%j may be the same event: %s', (other, same) => {
  expect(mayBeSame(lecture(), other)).toBe(same);
  expect(mayBeSame(other, lecture())).toBe(same);
});

it('a grade follows from the strongest evidence', () => {
  const none = { checkIns: 0, confirmations: 0, messages: false, files: 0 };
  expect(gradeOf(none)).toBe('stated');
  expect(gradeOf({ ...none, files: 1 })).toBe('documented');
  for (const more of [{ checkIns: 1 }, { confirmations: 1 }, { messages: true }])
    expect(gradeOf({ ...none, files: 1, ...more })).toBe('verified');
});

it('knows the linked branch with and without its last word', () => {
  expect(isWith(lecture(), '计科 2班团支部')).toBe(true);
  expect(isWith(lecture({ partner: '', topic: '给计科2班团支部上课' }), '计科2班团支部')).toBe(true);
  expect(isWith(lecture(), '软件1班团支部')).toBe(false);
  expect(isWith(lecture(), '')).toBe(false);
});

it('every kind rests on words of the documents, in the clause that it names', () => {
  for (const kind of deedKindNames) {
    const { clause, quote } = deedKinds[kind].source;
    expect(clauseOf(clause)?.clause.text, kind).toContain(quote);
  }
});

it('no activity is a paper or a talk', () => {
  expect(kindIn('集中志愿服务')).toBe('volunteering');
  expect(kindIn('谈心谈话')).toBeUndefined();
  expect(kindIn('调研报告')).toBeUndefined();
});

it('every kind has words of its own that lead to it', () => {
  for (const kind of deedKindNames) {
    expect(asDeedKind(kind)).toBe(kind);
    const { name, words, signs } = deedKinds[kind];
    for (const word of [name, ...words, ...signs])
      expect(readDeed(`${word} 今天`, now)).toMatchObject({ deed: { kind } });
  }
});
