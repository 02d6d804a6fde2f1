/**
 * What the national documents ask of every cadre (团中央 2016). It binds under the local profiles too, since a level
 * below cannot drop it; where a local document says the same in its own words, its entry takes the place.
 */
import type { Policy, Requirement } from '../policy.ts';
import { cadence, duty, hundredCadre, recordsDuty } from './shared.ts';

/** Autumn from 1 September, spring from 1 February: the product's default, a unit sets its own. */
export const usualSemesters: Policy['semesters'] = { autumn: '09-01', spring: '02-01' };
/** Every record counts unless a unit asks for more than words. */
export const allGrades: Policy['grades'] = ['verified', 'documented', 'stated'];

/** By id, so that local profiles take what they do not say themselves. */
export const national = {
  'roster-100': {
    ...duty,
    id: 'roster-100',
    name: '直接联系青年不少于100名',
    measure: 'roster',
    period: 'standing',
    binds: hundredCadre,
    threshold: { youths: 100 },
    citation: { clause: 'gqt-notice/2.p1', quote: '经常性直接联系不少于100名不同领域的团员青年' },
    also: ['gqt-qa/8', 'gqt-qa/41'],
  },
  'roster-10': {
    ...duty,
    id: 'roster-10',
    name: '直接联系青年不少于10名',
    measure: 'roster',
    period: 'standing',
    binds: { kinds: ['part_time'], manyYouths: false },
    threshold: { youths: 10 },
    citation: { clause: 'gqt-notice/2.p2', quote: '其他兼职团干部应直接联系不少于10名团员青年' },
    also: ['gqt-qa/8', 'gqt-qa/41'],
  },
  'roster-unit': {
    ...duty,
    id: 'roster-unit',
    name: '直接联系本单位一定数量的青年',
    measure: 'roster',
    period: 'standing',
    binds: { kinds: ['part_time'], manyYouths: true },
    threshold: {},
    citation: {
      clause: 'gqt-notice/2.p2',
      quote: '直接联系一定数量本单位、本领域的基层一线团员青年',
    },
    also: ['gqt-qa/8'],
    open: ['youths'],
  },
  identity: {
    ...duty,
    id: 'identity',
    name: '亮明身份',
    measure: 'identity',
    period: 'standing',
    threshold: {},
    citation: {
      clause: 'gqt-notice/4.1',
      quote: '要在一定范围内向团员青年亮明团干部身份、公开联系方式',
    },
    also: ['gqt-notice/5.p1'],
  },
  voice: {
    ...cadence.voice,
    name: '日常有声音',
    force: 'advice',
    citation: { clause: 'gqt-notice/4.2', quote: '线上日常有声音、有互动、有话题' },
    also: ['gqt-qa/47'],
    open: ['period'],
  },
  interaction: {
    ...cadence.interaction,
    name: '日常有互动',
    force: 'advice',
    citation: { clause: 'gqt-notice/4.2', quote: '线上日常有声音、有互动、有话题' },
    also: ['gqt-qa/47'],
    open: ['period', 'youths'],
  },
  topic: {
    ...cadence.topic,
    name: '日常有话题',
    force: 'advice',
    citation: { clause: 'gqt-notice/4.2', quote: '线上日常有声音、有互动、有话题' },
    also: ['gqt-qa/47'],
    open: ['period', 'participants', 'clear'],
  },
  activity: {
    ...cadence.activity,
    name: '每季度有线下活动',
    citation: { clause: 'gqt-notice/4.2', quote: '线下每个季度有活动' },
    also: ['gqt-qa/47'],
  },
  'face-to-face': {
    ...cadence['face-to-face'],
    name: '每年有面对面交流',
    citation: { clause: 'gqt-notice/4.2', quote: '每年有面对面交流' },
    also: ['gqt-qa/47'],
    open: ['moreThanPercent'],
  },
  'five-ones': {
    ...recordsDuty,
    id: 'five-ones',
    name: '每季度“五个一”',
    period: 'quarter',
    evidence: [
      'exchange',
      'good_deed',
      'culture_sport',
      'online_activity',
      'heart_talk',
      'league_lecture',
      'join_organisation',
    ],
    threshold: { atLeast: 5 },
    citation: { clause: 'gqt-qa/59', quote: '目前总体上要求团干部应每季度开展五个一的工作' },
    also: ['gqt-september/1', 'gqt-qa/16'],
    // 问答 16: each province settles what the five are, quarter by quarter; 2016-09-12 §1 gives them as examples (如…等).
    open: ['evidence'],
  },
  lecture: {
    ...recordsDuty,
    id: 'lecture',
    name: '每年讲一次团课',
    period: 'year',
    evidence: ['league_lecture'],
    citation: { clause: 'gqt-qa/71', quote: '团干部每年应至少面向所联系青年集中讲一次团课' },
  },
  'problem-list': {
    ...recordsDuty,
    id: 'problem-list',
    name: '定期梳理问题清单',
    period: 'quarter',
    evidence: ['problem_list'],
    citation: { clause: 'gqt-notice/4.3', quote: '形成问题清单' },
    also: ['gqt-qa/58', 'gqt-qa/65'],
    open: ['period'],
  },
  'campaign-zzg': {
    ...recordsDuty,
    id: 'campaign-zzg',
    name: '参加“走转改”',
    period: 'season',
    season: { from: '07-01', to: '08-31' },
    binds: { kinds: ['full_time', 'seconded'] },
    evidence: ['visit', 'preaching', 'grassroots_day', 'grassroots_posting'],
    citation: {
      clause: 'gqt-notice/4.p1',
      quote:
        '拓展“走进青年、转变作风、改进工作”大宣传大调研活动参与范围至全体专职、挂职团干部，作为推进落实“1+100”制度的活动载体，每年7、8月集中开展活动',
    },
    also: ['gqt-qa/12'],
    // The notice says 7、8月, 问答 12 says 8、9月.
    open: ['evidence', 'atLeast', 'season'],
  },
} as const satisfies Readonly<Record<string, Requirement>>;
