/** The profile of 新疆应用职业技术学院, the product's default. */
import { type Policy, policySchema } from '../policy.ts';
import { allGrades, national, usualSemesters } from './national.ts';
import { cadence, duty, recordsDuty, unitDuty } from './shared.ts';

const yearly =
  '每名团干部每年至少参加 1 次组织生活会、给基层团支部上 2 次团课、参加 2 次主题团日活动、开展 3 次谈心谈话';

/** Where the document gives no number (interaction, topic), the product's default stands, and `open` says so. */
export const xinjiang: Policy = policySchema.parse({
  id: 'xinjiang',
  name: '新疆应用职业技术学院',
  grades: allGrades,
  semesters: usualSemesters,
  requirements: [
    {
      ...cadence.voice,
      name: '每天有声音',
      citation: { clause: 'xinjiang/4.2', quote: '每天有声音' },
    },
    {
      ...cadence.interaction,
      name: '每周有互动',
      citation: { clause: 'xinjiang/4.2', quote: '每周有互动' },
      open: ['youths'],
    },
    {
      ...cadence.topic,
      name: '每月有话题',
      citation: { clause: 'xinjiang/4.2', quote: '每月有话题' },
      open: ['participants', 'clear'],
    },
    {
      ...cadence.activity,
      name: '每季度有线下活动',
      citation: { clause: 'xinjiang/4.2', quote: '每季度有线下活动' },
    },
    {
      ...cadence['face-to-face'],
      name: '每年有面对面交流',
      citation: { clause: 'xinjiang/4.2', quote: '每年与所联系的多数青年有面对面交流' },
    },
    {
      ...duty,
      id: 'roster-100',
      name: '直接联系青年100名',
      measure: 'roster',
      period: 'standing',
      threshold: { youths: 100 },
      citation: { clause: 'xinjiang/2.p1', quote: '直接联系 100 名团员青年' },
    },
    {
      ...duty,
      id: 'group-100',
      name: '组建不少于100名青年的群',
      measure: 'group',
      period: 'year',
      threshold: { members: 100 },
      citation: {
        clause: 'xinjiang/4.2',
        quote: '12 月底前，每名团干部要组建至少 1 个不少于 100 名团员青年加入的微信群',
      },
    },
    {
      ...duty,
      id: 'link-branch',
      name: '经常联系一个团支部',
      measure: 'link',
      to: 'branch',
      period: 'semester',
      threshold: { contacts: 1 },
      citation: { clause: 'xinjiang/2.p1', quote: '经常性联系 1 个团支部、1 个社团' },
      open: ['period', 'contacts'],
    },
    {
      ...duty,
      id: 'link-club',
      name: '经常联系一个社团',
      measure: 'link',
      to: 'club',
      period: 'semester',
      threshold: { contacts: 1 },
      citation: { clause: 'xinjiang/2.p1', quote: '经常性联系 1 个团支部、1 个社团' },
      open: ['period', 'contacts'],
    },
    {
      ...duty,
      id: 'identity',
      name: '亮明身份',
      measure: 'identity',
      period: 'standing',
      threshold: {},
      citation: { clause: 'xinjiang/4.2', quote: '在群内向团员青年亮明团干部的身份、公开联系方式' },
    },
    national['five-ones'],
    {
      ...recordsDuty,
      id: 'org-life',
      name: '每年参加组织生活会',
      period: 'year',
      evidence: ['org_life_meeting'],
      citation: { clause: 'xinjiang/4.3', quote: yearly },
    },
    {
      ...recordsDuty,
      id: 'lecture',
      name: '每年给团支部上2次团课',
      period: 'year',
      evidence: ['league_lecture'],
      threshold: { atLeast: 2 },
      citation: { clause: 'xinjiang/4.3', quote: yearly },
    },
    {
      ...recordsDuty,
      id: 'theme-day',
      name: '每年参加2次主题团日',
      period: 'year',
      evidence: ['theme_day'],
      threshold: { atLeast: 2 },
      citation: { clause: 'xinjiang/4.3', quote: yearly },
    },
    {
      ...recordsDuty,
      id: 'heart-talk',
      name: '每年3次谈心谈话',
      period: 'year',
      evidence: ['heart_talk'],
      threshold: { atLeast: 3 },
      citation: { clause: 'xinjiang/4.3', quote: yearly },
    },
    {
      ...duty,
      id: 'pairing',
      name: '结对帮扶3–5名困难青年',
      measure: 'pairing',
      period: 'standing',
      threshold: { atLeast: 3, atMost: 5 },
      citation: { clause: 'xinjiang/4.5', quote: '每名团干部要结对帮扶 3-5 名困难青年' },
    },
    {
      ...recordsDuty,
      id: 'problem-list',
      name: '按季度报送问题清单',
      period: 'quarter',
      evidence: ['problem_list'],
      citation: {
        clause: 'xinjiang/4.4',
        quote: '要围绕问题清单进行分析研判，提出有关意见或建议，并按季度整理报送上级团组织',
      },
    },
    {
      ...recordsDuty,
      id: 'semester-report',
      name: '学期末报送工作情况',
      period: 'semester',
      evidence: ['semester_report'],
      citation: {
        clause: 'xinjiang/5.3',
        quote:
          '每学期末要将“1+1+1+100”工作落实情况（包括做法、经验、存在问题、下步工作安排等）报学院团委组织部',
      },
    },
    {
      ...recordsDuty,
      id: 'volunteers',
      name: '鼓励青年注册并参加志愿服务',
      period: 'year',
      force: 'advice',
      evidence: ['volunteering'],
      citation: {
        clause: 'xinjiang/4.2',
        quote: '鼓励所联系的团员青年注册成为青年志愿者，并积极参与各类志愿服务活动',
      },
      open: ['period', 'atLeast'],
    },
    national['campaign-zzg'],
    {
      ...unitDuty,
      // 学院团委 goes to the 系（部）; these are asked nothing.
      levels: ['top'],
      id: 'visit',
      name: '每月走访系（部）',
      period: 'month',
      evidence: ['visit'],
      citation: { clause: 'xinjiang/4.4', quote: '学院团委每月走访 1-2 个系（部）' },
    },
  ],
});
