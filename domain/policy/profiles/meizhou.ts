/** The profile of 梅州 (梅市团字〔2016〕12号 and its rules), beside what the national documents ask of every cadre. */
import { type Policy, policySchema } from '../policy.ts';
import { allGrades, national, usualSemesters } from './national.ts';
import { established, grassroots, hundredCadre, unitDuty } from './shared.ts';

/** Of 各县（市、区）团委. */
const county = { ...unitDuty, levels: ['below'] } as const;
const online = { clause: 'meizhou/rules.4.3', quote: '做到线上日常有声音、有互动、有话题' };

export const meizhou: Policy = policySchema.parse({
  id: 'meizhou',
  name: '梅州',
  grades: allGrades,
  semesters: usualSemesters,
  requirements: [
    {
      ...national['roster-100'],
      // The rules' three classes: 专职; 领导机关的挂、兼职; 其他兼职.
      binds: hundredCadre,
      citation: { clause: 'meizhou/rules.1.p1', quote: '1、2类要求联系不少于100名团员青年' },
      also: ['meizhou/2.p1', 'meizhou/4.1'],
    },
    {
      ...national['roster-10'],
      citation: { clause: 'meizhou/rules.1.p1', quote: '3类要求联系不少于10名团员青年' },
      also: ['meizhou/4.1'],
    },
    {
      ...national['roster-unit'],
      citation: { clause: 'meizhou/3.p1', quote: '直接联系一定数量本单位、本领域的基层一线团员青年' },
      also: ['gqt-qa/8'],
    },
    {
      ...national.identity,
      citation: {
        clause: 'meizhou/rules.4.2',
        quote: '在一定范围内向团员青年亮明团干部身份、公开联系方式',
      },
      also: ['meizhou/rules.5.1'],
    },
    { ...national.voice, citation: online },
    { ...national.interaction, citation: online },
    { ...national.topic, citation: online },
    {
      ...national.activity,
      citation: { clause: 'meizhou/rules.4.3', quote: '做到线下每个季度有活动' },
      also: ['meizhou/rules.5.3'],
    },
    {
      ...national['face-to-face'],
      citation: { clause: 'meizhou/rules.4.3', quote: '每年有面对面交流' },
      also: ['meizhou/rules.5.3'],
    },
    national['five-ones'],
    national.lecture,
    {
      ...national['problem-list'],
      citation: { clause: 'meizhou/rules.4.4', quote: '形成问题清单' },
    },
    {
      ...grassroots.day,
      citation: { clause: 'meizhou/4.3', quote: '每人每周在基层青少年中工作不少于1天' },
      also: ['gqt-qa/12'],
    },
    {
      ...grassroots.posting,
      // 全体在编干部: a quarter of them in each of the year's four batches, so everybody once a year.
      binds: established,
      citation: { clause: 'meizhou/4.2', quote: '每年分4批、每批选派1/4的干部' },
      also: ['gqt-qa/12'],
    },
    national['campaign-zzg'],
    {
      ...county,
      id: 'open-day',
      name: '专题开放日',
      period: 'quarter',
      evidence: ['open_day'],
      threshold: { atLeast: 1, participants: 50 },
      citation: {
        clause: 'meizhou/4.4',
        quote:
          '各县（市、区）团委每季度邀请企业、机关、学校、街道社区、社会组织等领域不少于50名普通团员青年走进机关',
      },
    },
    {
      ...county,
      id: 'unit-report',
      name: '半年工作报告',
      period: 'half-year',
      evidence: ['unit_report'],
      citation: { clause: 'meizhou/5.p1', quote: '有关工作情况每半年向团市委报告一次' },
    },
  ],
});
