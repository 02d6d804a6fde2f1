/** The kinds of deed (联系青年的一次工作), each with its Chinese words and the clause that it rests on. */

/** What a kind rests on: a clause of the documents (domain/policy/documents), and its words there. */
interface DeedSource {
  readonly clause: string;
  /** Word for word. */
  readonly quote: string;
}

/** A kind of deed. */
export interface DeedKindInfo {
  /** What people read. */
  readonly name: string;
  /** Other words for the kind itself. */
  readonly words: readonly string[];
  /** Words of what was done, by which the kind is known. */
  readonly signs: readonly string[];
  readonly source: DeedSource;
  /** Only day and kind are ever kept, with the youth's own confirmation (谈心谈话). */
  readonly isPrivate?: true;
  /** No work with youths itself, but handed in or done by a unit as such (报送材料, 单位的事): no activity is one. */
  readonly isPaper?: true;
}

const kinds = {
  exchange: {
    name: '线上或线下交流',
    words: ['交流', '线上交流', '线下交流'],
    signs: ['座谈', '座谈会', '见面会', '聊天'],
    source: { clause: 'gqt-september/1', quote: '开展一次线上或线下交流' },
  },
  good_deed: {
    name: '办一件实事',
    words: ['办实事', '实事', '好事'],
    signs: ['帮办'],
    source: { clause: 'gqt-september/1', quote: '办一件实事' },
  },
  culture_sport: {
    name: '文体活动',
    words: ['文体', '体育活动', '文艺活动'],
    signs: ['球赛', '篮球赛', '足球赛', '运动会', '联欢', '晚会', '夜跑', '歌咏'],
    source: { clause: 'gqt-september/1', quote: '搞一次文体活动' },
  },
  online_activity: {
    name: '发起线上活动',
    words: ['线上活动', '网上活动'],
    signs: [],
    source: { clause: 'gqt-september/1', quote: '发起一次线上活动' },
  },
  heart_talk: {
    name: '谈心谈话',
    words: ['谈心', '谈话', '谈心谈话'],
    signs: [],
    source: { clause: 'gqt-september/1', quote: '开展一次谈心谈话' },
    isPrivate: true,
  },
  league_lecture: {
    name: '讲团课',
    words: ['团课', '上团课', '主题团课'],
    signs: [],
    source: { clause: 'gqt-september/1', quote: '讲一次团课' },
  },
  join_organisation: {
    name: '加入社会组织或公益组织并开展活动',
    words: ['加入组织', '加入社会组织', '加入公益组织', '社会组织', '公益组织'],
    signs: ['兴趣组织'],
    source: { clause: 'gqt-september/1', quote: '加入一个社会组织或公益组织并开展一次活动' },
  },
  volunteering: {
    name: '志愿服务',
    words: ['志愿', '志愿活动'],
    signs: ['义工', '支教', '献血'],
    source: { clause: 'chuzhou/3.2', quote: '组织或参与一次志愿服务' },
  },
  org_life_meeting: {
    name: '组织生活会',
    words: ['生活会', '组织生活'],
    signs: [],
    source: { clause: 'xinjiang/4.3', quote: '每名团干部每年至少参加 1 次组织生活会' },
  },
  theme_day: {
    name: '主题团日',
    words: ['团日', '主题团日活动', '团日活动'],
    signs: [],
    source: { clause: 'xinjiang/4.3', quote: '参加 2 次主题团日活动' },
  },
  visit: {
    name: '走访',
    words: ['调研走访', '走访调研'],
    signs: ['家访', '看望', '慰问'],
    source: { clause: 'xinjiang/4.4', quote: '每月走访 1-2 个系（部）' },
  },
  open_day: {
    name: '机关开放日',
    words: ['开放日', '青年开放日'],
    signs: [],
    source: { clause: 'chuzhou/3.1', quote: '开展一次机关开放日活动' },
  },
  sharing: {
    name: '分享交流',
    words: ['分享会', '分享', '分享活动', '工作分享', '交流分享'],
    signs: [],
    source: { clause: 'chuzhou/3.1', quote: '一次“1+100”工作分享活动' },
  },
  grassroots_day: {
    name: '基层工作日',
    words: ['4+1', '基层日', '向基层报到', '到基层报到'],
    signs: [],
    source: { clause: 'gqt-qa/12', quote: '同时在基层社区开展青年工作1天' },
  },
  grassroots_posting: {
    name: '下沉基层',
    words: ['8+4', '下沉', '常态化下沉'],
    signs: [],
    source: { clause: 'gqt-qa/12', quote: '在县级团委工作4个月' },
  },
  preaching: {
    name: '宣讲',
    words: ['宣讲会', '宣讲活动', '政策宣讲'],
    signs: [],
    source: {
      clause: 'chuzhou/4.2',
      quote:
        '推动开展“1+100”工作的所有团干部走进各团支部，以分享会、团课等形式，与所联系的青年共同学习党的十九大精神，开展十九大精神宣讲工作',
    },
  },
  problem_list: {
    name: '问题清单报送',
    words: ['报送问题清单', '问题清单'],
    signs: [],
    source: { clause: 'xinjiang/4.4', quote: '按季度整理报送上级团组织' },
    isPaper: true,
  },
  research: {
    name: '调研报告',
    words: ['调研课题', '课题报告'],
    signs: [],
    source: { clause: 'gqt-september/2', quote: '坚持问题导向确定一个课题，深入调研思考，形成调研报告' },
    isPaper: true,
  },
  semester_report: {
    name: '学期工作情况',
    words: ['学期报告', '学期总结', '学期小结'],
    signs: [],
    source: { clause: 'xinjiang/5.3', quote: '每学期末要将“1+1+1+100”工作落实情况' },
    isPaper: true,
  },
  unit_report: {
    name: '单位工作情况',
    words: ['单位报告', '季度工作情况', '半年工作情况', '报送工作落实情况'],
    signs: [],
    source: { clause: 'chuzhou/7.p1', quote: '每季度提前两周' },
    isPaper: true,
  },
  five_ones_set: {
    name: '公布本季度“五个一”内容',
    words: ['公布五个一', '公布“五个一”'],
    signs: [],
    source: { clause: 'chuzhou/3.2', quote: '校团委组织部确定本季度全校团干部“五个一”工作内容' },
    isPaper: true,
  },
  bulletin: {
    name: '工作通报',
    words: ['通报', '季度通报'],
    signs: [],
    source: { clause: 'chuzhou/6.1', quote: '季度通报制度' },
    isPaper: true,
  },
  evaluation: {
    name: '全面评估',
    words: ['工作评估', '年中评估', '年底评估'],
    signs: [],
    source: { clause: 'chuzhou/6.2', quote: '在年中和年底分别对各团总支工作进行全面评估' },
    isPaper: true,
  },
  stories: {
    name: '“最美青春故事”候选人',
    words: ['最美青春故事', '青春故事'],
    signs: [],
    source: { clause: 'chuzhou/4.3', quote: '11月底前，各团总支向校团委报送本院“最美青春故事”候选人' },
    isPaper: true,
  },
  service_month: {
    name: '集中服务青年月',
    words: ['服务青年月', '服务月'],
    signs: [],
    source: { clause: 'chuzhou/4.4', quote: '组织全校各级团干部广泛开展服务青年学生工作' },
    isPaper: true,
  },
  face_day: {
    name: '共青团与青年面对面',
    words: ['与青年面对面', '青年面对面'],
    signs: [],
    source: { clause: 'chuzhou/3.1', quote: '一次共青团与青年面对面活动' },
    isPaper: true,
  },
  volunteer_day: {
    name: '集中志愿服务',
    words: ['集中志愿'],
    signs: [],
    source: { clause: 'chuzhou/3.1', quote: '由校团委宣传部牵头开展一次集中志愿服务活动' },
    isPaper: true,
  },
  collective: {
    name: '联系青年的集体活动',
    words: ['集体活动'],
    signs: [],
    source: { clause: 'chuzhou/3.1', quote: '一次自主设计的联系青年的集体活动' },
    isPaper: true,
  },
} as const satisfies Readonly<Record<string, DeedKindInfo>>;

export type DeedKind = keyof typeof kinds;

/** All kinds, in the order in which people read them. */
export const deedKinds: Readonly<Record<DeedKind, DeedKindInfo>> = kinds;
export const deedKindNames = Object.keys(kinds) as readonly DeedKind[];

/** The kind that a stored or quoted string names, if it is one. */
export function asDeedKind(text: string): DeedKind | undefined {
  return deedKindNames.find((kind) => kind === text);
}

/** How a record is shown to have happened: `verified` by others, `documented` by a picture or file, `stated` in words alone. */
export const evidenceGrades = ['verified', 'documented', 'stated'] as const;
export type EvidenceGrade = (typeof evidenceGrades)[number];
export const gradeNames: Readonly<Record<EvidenceGrade, string>> = {
  verified: '有印证',
  documented: '有照片或文件',
  stated: '仅口述',
};
