/** Deeds as cadres write them: what is sure is understood, what is not is asked. Written before the reader was tuned on it. */
import { describe, expect, it } from 'vitest';
import { formatDay } from '../calendar/day.ts';
import { parseInstant } from '../calendar/instant.ts';
import { readDeed } from './deed.ts';
import type { DeedKind } from './kinds.ts';

/** A Wednesday. */
const now = parseInstant('2026-05-20T20:00:00+08:00') ?? Number.NaN;

type Row = [string, DeedKind, day: string, partner: string, topic: string, participants?: number | undefined];
const rows: readonly Row[] = [
  // Class names of every make.
  ['22级汽修班讲团课《青春的方向》', 'league_lecture', '05-20', '22级汽修班', '《青春的方向》'],
  ['给22级汽修班讲团课《青春的方向》 5月18日', 'league_lecture', '05-18', '22级汽修班', '《青春的方向》'],
  ['讲团课 22级汽修班 《青春的方向》 45人', 'league_lecture', '05-20', '22级汽修班', '《青春的方向》', 45],
  ['计科2201 讲团课 五四精神 5.4 38人', 'league_lecture', '05-04', '计科2201', '五四精神', 38],
  ['昨天下午在机电2班上团课，讲五四精神，三十多人', 'league_lecture', '05-19', '机电2班', '五四精神', 30],
  [
    '5月12日给护理专业23级的同学讲了一次团课，主题是南丁格尔精神，约60人',
    'league_lecture',
    '05-12',
    '护理专业23级的同学',
    '南丁格尔精神',
    60,
  ],
  [
    '团课：5月4日，计算机系22级1班，五四精神，32人',
    'league_lecture',
    '05-04',
    '计算机系22级1班',
    '五四精神',
    32,
  ],
  [
    '给学前教育2101班上团课 昨晚7点 《青年大学习》第三期',
    'league_lecture',
    '05-19',
    '学前教育2101班',
    '《青年大学习》第三期',
  ],
  ['今天上午跟电商3班讲团课，讲的是网络安全，到场41人', 'league_lecture', '05-20', '电商3班', '网络安全', 41],
  ['向2023级新生讲团课《请党放心》120余人', 'league_lecture', '05-20', '2023级新生', '《请党放心》', 120],
  [
    '团课 周一 软件工程22-3班 《论语》里的青年 28人',
    'league_lecture',
    '05-18',
    '软件工程22-3班',
    '《论语》里的青年',
    28,
  ],
  [
    '上周五 建工系21级2班 讲团课 42名同学 入团为什么',
    'league_lecture',
    '05-15',
    '建工系21级2班',
    '入团为什么',
    42,
  ],
  [
    '汽修22级全体团员讲团课《青春的方向》共56人 5/15',
    'league_lecture',
    '05-15',
    '汽修22级全体团员',
    '《青春的方向》',
    56,
  ],
  // Visits.
  ['走访 昨天下午 2号楼305宿舍 4人', 'visit', '05-19', '2号楼305宿舍', '', 4],
  ['5月13日走访了机电系', 'visit', '05-13', '机电系', ''],
  ['走访护理系23级3班 了解实习情况 5月14日', 'visit', '05-14', '护理系23级3班', '了解实习情况'],
  ['周二到汽车工程系走访，和辅导员、班长座谈，8人', 'visit', '05-19', '汽车工程系', '和辅导员、班长座谈', 8],
  ['看望生病的同学 5月17日 市二院', 'visit', '05-17', '', '看望生病的同学 市二院'],
  ['今天家访 2户', 'visit', '05-20', '', '家访 2户'],
  ['走访 3号 留疆过节的学生 15人', 'visit', '05-03', '', '留疆过节的学生', 15],
  // Heart talks: nothing but the day.
  ['昨晚和22级汽修班的小王谈心谈话', 'heart_talk', '05-19', '', ''],
  ['谈心谈话 5月18日 计科2201 李某 宿舍矛盾', 'heart_talk', '05-18', '', ''],
  ['跟机电2班三位同学谈心 前天中午', 'heart_talk', '05-18', '', ''],
  ['5.16谈心', 'heart_talk', '05-16', '', ''],
  ['今天找两名学生谈话，2小时', 'heart_talk', '05-20', '', ''],
  // Volunteering, with hours.
  ['志愿服务 5月16日 图书馆整理书架 12人 3小时', 'volunteering', '05-16', '', '图书馆整理书架 3小时', 12],
  [
    '周六带22级护理班去敬老院志愿服务2个小时 15人',
    'volunteering',
    '05-16',
    '22级护理班',
    '去敬老院 2个小时',
    15,
  ],
  ['5月10日上午9点到11点 社区清洁志愿服务 共20名团员', 'volunteering', '05-10', '', '社区清洁', 20],
  ['组织机电2班无偿献血 5月8日 23人次', 'volunteering', '05-08', '机电2班', '无偿献血', 23],
  [
    '志愿活动：核心区垃圾分类宣传；时间：5月15日；人数：18人',
    'volunteering',
    '05-15',
    '',
    '核心区垃圾分类宣传',
    18,
  ],
  ['昨天支教，红旗小学，6个人', 'volunteering', '05-19', '', '支教，红旗小学', 6],
  // Good deeds.
  ['办实事 给3号宿舍楼换了热水器 5月11日', 'good_deed', '05-11', '3号宿舍楼', '换了热水器'],
  ['帮22级汽修班联系了实习单位 办一件实事 5月9日', 'good_deed', '05-09', '22级汽修班', '联系了实习单位'],
  ['实事 昨天 帮助学生补办一卡通', 'good_deed', '05-19', '', '帮助学生补办一卡通'],
  ['为电商3班争取到创业场地，办实事，5月6日', 'good_deed', '05-06', '电商3班', '争取到创业场地'],
  // Culture and sport.
  [
    '篮球赛 5月16日 体育馆 机电2班对汽修班 60多人',
    'culture_sport',
    '05-16',
    '',
    '篮球赛 体育馆 机电2班对汽修班',
    60,
  ],
  ['周日组织夜跑 操场 30人', 'culture_sport', '05-17', '', '组织夜跑 操场', 30],
  [
    '文体活动 5月4日晚7点 五四歌咏比赛 大礼堂 300人',
    'culture_sport',
    '05-04',
    '',
    '五四歌咏比赛 大礼堂',
    300,
  ],
  ['5月9日 和摄影社办文体活动 校园摄影展 约80人', 'culture_sport', '05-09', '摄影社', '校园摄影展', 80],
  ['昨天下午4点半 22级汽修班拔河 文体活动 40人', 'culture_sport', '05-19', '22级汽修班', '拔河', 40],
  // Exchange.
  [
    '座谈会 5月19日14:30 学生会办公室 与社团负责人 10余人',
    'exchange',
    '05-19',
    '社团负责人',
    '座谈会 学生会办公室',
    10,
  ],
  ['线上交流 5月17日晚 和毕业班聊找工作 22人', 'exchange', '05-17', '毕业班', '找工作', 22],
  [
    '线下交流 周二中午 食堂二楼 跟汽修班同学 七八人',
    'exchange',
    '05-19',
    '汽修班同学',
    '食堂二楼',
    undefined,
  ],
  [
    '和护理23级2班座谈 考研还是就业 昨天 十几个人',
    'exchange',
    '05-19',
    '护理23级2班',
    '座谈 考研还是就业',
    undefined,
  ],
  ['交流 3天前 与新疆籍学生 20人', 'exchange', '05-17', '新疆籍学生', '', 20],
  // Online activity.
  [
    '线上活动 云端朗读《可爱的中国》 5月10日至5月12日 66人',
    'online_activity',
    '05-10',
    '',
    '云端朗读《可爱的中国》',
    66,
  ],
  ['发起线上活动 打卡21天 5月1日 96人', 'online_activity', '05-01', '', '打卡21天', 96],
  // League life.
  [
    '组织生活会 计科2201团支部 4月28日 对照检查 35人',
    'org_life_meeting',
    '04-28',
    '计科2201团支部',
    '对照检查',
    35,
  ],
  ['参加机电2班团支部组织生活会 4月30日', 'org_life_meeting', '04-30', '机电2班团支部', ''],
  [
    '主题团日 五四 学习《习近平的七年知青岁月》 计科2班 5月4号 全班',
    'theme_day',
    '05-04',
    '计科2班',
    '五四 学习《习近平的七年知青岁月》',
  ],
  [
    '5月8日下午 参加汽修22级主题团日活动“青春心向党”50人',
    'theme_day',
    '05-08',
    '汽修22级',
    '“青春心向党”',
    50,
  ],
  ['主题团日活动：参观烈士陵园；5.4；护理班；45人', 'theme_day', '05-04', '护理班', '参观烈士陵园', 45],
  // Sharing, open day, preaching.
  [
    '分享会 上周四 读《平凡的世界》 20人 图书馆三楼',
    'sharing',
    '05-14',
    '',
    '读《平凡的世界》 图书馆三楼',
    20,
  ],
  ['机关开放日 5月4日上午 55名青年走进团委', 'open_day', '05-04', '', '走进团委', 55],
  ['宣讲 二十大精神 5月7日 给机电系21级 100人', 'preaching', '05-07', '机电系21级', '二十大精神', 100],
  [
    '5月6日晚在3号楼大厅向新生宣讲反诈知识，一百二十人',
    'preaching',
    '05-06',
    '新生',
    '在3号楼大厅 反诈知识',
    120,
  ],
  // The organs' cadres.
  ['4+1 5月14日 和平社区 值班一天', 'grassroots_day', '05-14', '', '和平社区 值班一天'],
  ['基层工作日 上周三 东城街道团工委', 'grassroots_day', '05-13', '', '东城街道团工委'],
  ['8+4 3月2日 下沉平远县团委四个月', 'grassroots_posting', '03-02', '', '下沉平远县团委四个月'],
  ['到基层报到 5月11日 丰收社区', 'grassroots_day', '05-11', '', '丰收社区'],
  // Organisations.
  ['加入公益组织 蓝天救援队 5月3日 培训 16人', 'join_organisation', '05-03', '', '蓝天救援队 培训', 16],
  [
    '加入社会组织：心理协会，5月10日办了一次沙龙，20人',
    'join_organisation',
    '05-10',
    '',
    '心理协会，办了一次沙龙',
    20,
  ],
  // Papers.
  ['报送问题清单 3月30日', 'problem_list', '03-30', '', ''],
  ['调研报告 5月15日 《高职学生就业观调查》', 'research', '05-15', '', '《高职学生就业观调查》'],
  ['学期工作情况 今天 报学院团委组织部', 'semester_report', '05-20', '', '报学院团委组织部'],
  ['季度通报 4月3日', 'bulletin', '04-03', '', ''],
  ['公布五个一 4月2日', 'five_ones_set', '04-02', '', ''],
  ['最美青春故事 5月9日 推荐阿依古丽', 'stories', '05-09', '', '推荐阿依古丽'],
];

/** Not sure: it is asked, and nothing is taken. */
const asked: readonly [string, string][] = [
  ['22级汽修班 5月18日 45人', '是哪一类工作'],
  ['昨天去了机电2班', '是哪一类工作'],
  ['昨天先走访宿舍后讲团课', '中的哪一类'],
  ['团课 上周 计科2班', '是哪一天'],
  ['讲团课 5月4日和5月6日 计科2班', '以哪个为准'],
  ['团课 月底 计科2班', '是哪一天'],
  ['讲团课 下周一 计科2班', '还没到'],
];

/** What is taken with a word about it, so that the cadre sees what was made of it. */
const noted: readonly [string, string][] = [
  ['昨天在机电2班上团课，三十多人', '“三十多人”按 30 人记'],
  ['线下交流 周二 跟汽修班同学 七八人', '“七八人”没有当成人数'],
  ['和护理23级2班座谈 昨天 十几个人', '“十几个人”没有当成人数'],
  ['主题团日 5月4号 计科2班 全班', '“全班”没有当成人数'],
  ['线上活动 云端朗读 5月10日至5月12日', '按第一天'],
  ['讲团课 计科2班', '没写日期'],
];

describe('a deed as it is written', () => {
  it.each(rows)('%s', (text, kind, day, partner, topic, participants) => {
    const read = readDeed(text, now);
    if (read.kind === 'fault') throw new Error(read.say);
    const { deed } = read;
    expect([deed.kind, formatDay(deed.day).slice(5), deed.partner, deed.topic, deed.participants]).toEqual([
      kind,
      day,
      partner,
      topic,
      participants,
    ]);
  });

  it.each(asked)('%s is asked', (text, say) => {
    expect(readDeed(text, now)).toMatchObject({ kind: 'fault', say: expect.stringContaining(say) });
  });

  it.each(noted)('%s is taken with a word about it', (text, say) => {
    const read = readDeed(text, now);
    if (read.kind === 'fault') throw new Error(read.say);
    expect(read.notes.join()).toContain(say);
  });
});
