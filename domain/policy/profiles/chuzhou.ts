/** The profile of 滁州学院 (校青字〔2017〕10号), beside what the national documents ask of every cadre. */
import { type Policy, policySchema } from '../policy.ts';
import { allGrades, national, usualSemesters } from './national.ts';
import { recordsDuty, unitDuty } from './shared.ts';

const mechanism = 'chuzhou/3.1';
const quarterly = { ...unitDuty, period: 'quarter' } as const;
/** Of 校团委, which leads or issues it; of 团总支; of both. */
const school = { levels: ['top'] } as const;
const college = { levels: ['below'] } as const;
const both = { levels: ['top', 'below'] } as const;
const daily = { clause: 'chuzhou/5.1', quote: '实现联系青年学生线上日常有声音、有互动、有话题' };

export const chuzhou: Policy = policySchema.parse({
  id: 'chuzhou',
  name: '滁州学院',
  grades: allGrades,
  semesters: usualSemesters,
  requirements: [
    national['roster-100'],
    national['roster-10'],
    national['roster-unit'],
    national.identity,
    { ...national.voice, citation: daily },
    { ...national.interaction, citation: daily },
    { ...national.topic, citation: daily },
    national.activity,
    national['face-to-face'],
    {
      ...recordsDuty,
      id: 'five-ones',
      name: '每季度“五个一”',
      period: 'quarter',
      // Those that the document names; the 组织部 sets the five of each quarter.
      evidence: ['good_deed', 'league_lecture', 'heart_talk', 'volunteering', 'culture_sport'],
      setEachQuarter: {},
      threshold: { atLeast: 5 },
      citation: {
        clause: 'chuzhou/3.2',
        quote: '每个季度，校团委组织部确定本季度全校团干部“五个一”工作内容',
      },
      also: [mechanism, 'gqt-qa/59'],
      open: ['evidence'],
    },
    {
      ...recordsDuty,
      id: 'monthly-3',
      name: '每月不少于3次活动',
      period: 'month',
      evidence: [
        'exchange',
        'good_deed',
        'culture_sport',
        'online_activity',
        'heart_talk',
        'league_lecture',
        'join_organisation',
        'volunteering',
        'org_life_meeting',
        'theme_day',
        'visit',
        'open_day',
        'sharing',
        'preaching',
      ],
      threshold: { atLeast: 3 },
      citation: { clause: 'chuzhou/3.2', quote: '全校专职、兼职团干部每个月开展不少于3次活动' },
      open: ['evidence'],
    },
    national.lecture,
    national['problem-list'],
    national['campaign-zzg'],
    {
      ...quarterly,
      ...both,
      id: 'open-day',
      name: '机关开放日',
      evidence: ['open_day'],
      citation: { clause: mechanism, quote: '每季度，校团委和各团总支分别开展一次机关开放日活动' },
    },
    {
      ...unitDuty,
      ...school,
      id: 'open-day-may',
      name: '五四青年开放日',
      period: 'season',
      season: { from: '04-20', to: '05-10' },
      evidence: ['open_day'],
      citation: { clause: 'chuzhou/4.1', quote: '五四期间，校团委开展青年开放日活动' },
      open: ['season'],
    },
    {
      ...quarterly,
      id: 'sharing',
      name: '“1+100”工作分享交流',
      evidence: ['sharing'],
      citation: { clause: mechanism, quote: '由校团委组织部牵头开展一次“1+100”工作分享活动' },
      also: ['chuzhou/3.3'],
    },
    {
      ...quarterly,
      ...school,
      id: 'face-day',
      name: '共青团与青年面对面',
      evidence: ['face_day'],
      citation: { clause: mechanism, quote: '一次共青团与青年面对面活动' },
    },
    {
      ...quarterly,
      ...school,
      id: 'volunteer-day',
      name: '集中志愿服务',
      evidence: ['volunteer_day'],
      citation: { clause: mechanism, quote: '由校团委宣传部牵头开展一次集中志愿服务活动' },
    },
    {
      ...quarterly,
      ...school,
      id: 'collective',
      name: '自主设计的集体活动',
      evidence: ['collective'],
      citation: { clause: mechanism, quote: '一次自主设计的联系青年的集体活动' },
    },
    {
      ...quarterly,
      ...school,
      id: 'set-five-ones',
      name: '公布本季度“五个一”内容',
      // What counts in a quarter is to be known at its beginning.
      early: true,
      evidence: ['five_ones_set'],
      citation: {
        clause: 'chuzhou/3.2',
        quote: '每个季度，校团委组织部确定本季度全校团干部“五个一”工作内容',
      },
    },
    {
      ...quarterly,
      ...school,
      id: 'bulletin',
      name: '季度通报',
      evidence: ['bulletin'],
      citation: { clause: 'chuzhou/6.1', quote: '季度通报制度' },
    },
    {
      ...quarterly,
      ...college,
      id: 'unit-report',
      name: '报送“五个一”工作落实情况',
      dueBefore: 14,
      evidence: ['unit_report'],
      citation: {
        clause: 'chuzhou/7.p1',
        quote:
          '每季度提前两周，将本院“五个一”工作落实情况（包括做法、经验、存在问题、下步工作安排等）报校团委组织部',
      },
    },
    {
      ...unitDuty,
      ...school,
      id: 'evaluation',
      name: '年中和年底全面评估',
      period: 'half-year',
      evidence: ['evaluation'],
      citation: { clause: 'chuzhou/6.2', quote: '在年中和年底分别对各团总支工作进行全面评估' },
    },
    {
      ...unitDuty,
      ...college,
      id: 'stories',
      name: '报送“最美青春故事”候选人',
      period: 'season',
      season: { from: '07-01', to: '11-30' },
      evidence: ['stories'],
      citation: {
        clause: 'chuzhou/4.3',
        quote: '11月底前，各团总支向校团委报送本院“最美青春故事”候选人',
      },
      also: ['gqt-qa/16'],
    },
    {
      ...unitDuty,
      ...school,
      id: 'service-month',
      name: '集中服务青年月',
      period: 'season',
      season: { from: '12-15', to: '02-28' },
      evidence: ['service_month'],
      citation: {
        clause: 'chuzhou/4.4',
        quote: '在2018年元旦、春节前后，组织全校各级团干部广泛开展服务青年学生工作',
      },
      open: ['season'],
    },
  ],
});
