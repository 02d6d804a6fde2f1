/** The profile of 团中央 2016: the notice, the notice of September, the first steps and the questions. */
import { type Policy, policySchema } from '../policy.ts';
import { allGrades, everyCadre, national, usualSemesters } from './national.ts';

const organ = { ...everyCadre, organ: true } as const;

export const gqt: Policy = policySchema.parse({
  id: 'gqt',
  name: '团中央 2016',
  grades: allGrades,
  semesters: usualSemesters,
  requirements: [
    ...Object.values(national),
    {
      id: 'research',
      name: '年度课题调研',
      subject: 'cadre',
      measure: 'records',
      period: 'year',
      force: 'binding',
      binds: organ,
      evidence: ['research'],
      threshold: { atLeast: 1 },
      citation: { clause: 'gqt-september/2', quote: '坚持问题导向确定一个课题，深入调研思考，形成调研报告' },
    },
    {
      id: 'grassroots-day',
      name: '每周到基层一天（4+1）',
      subject: 'cadre',
      measure: 'records',
      period: 'week',
      force: 'binding',
      binds: organ,
      evidence: ['grassroots_day'],
      threshold: { atLeast: 1 },
      citation: {
        clause: 'gqt-qa/12',
        quote: '团中央在岗干部每周在机关工作4天，同时在基层社区开展青年工作1天',
      },
    },
    {
      id: 'grassroots-posting',
      name: '常态化下沉基层（8+4）',
      subject: 'cadre',
      measure: 'records',
      period: 'year',
      // Who goes is settled batch by batch over two years: nobody misses it for not having gone this year.
      force: 'advice',
      binds: organ,
      evidence: ['grassroots_posting'],
      threshold: { atLeast: 1 },
      citation: {
        clause: 'gqt-qa/12',
        quote: '团中央、团省委每半年25%的干部在机关工作8个月、在县级团委工作4个月，两年一个周期，长期坚持',
      },
    },
    {
      id: 'ten-ones',
      name: '起步参考“十个一”',
      subject: 'cadre',
      measure: 'checklist',
      period: 'once',
      force: 'advice',
      binds: organ,
      threshold: { steps: 10 },
      citation: { clause: 'gqt-steps/0.p2', quote: '可参照“十个一”路径开展工作' },
    },
    {
      id: 'bulletin',
      name: '季度工作通报',
      subject: 'unit',
      measure: 'records',
      period: 'quarter',
      force: 'binding',
      binds: everyCadre,
      evidence: ['bulletin'],
      threshold: { atLeast: 1 },
      citation: { clause: 'gqt-september/3', quote: '通报一般每季度开展一次' },
    },
    {
      id: 'stories',
      name: '“最美青春故事”推选',
      subject: 'unit',
      measure: 'records',
      period: 'year',
      force: 'advice',
      binds: everyCadre,
      evidence: ['stories'],
      threshold: { atLeast: 1 },
      citation: { clause: 'gqt-qa/16', quote: '开展“最美青春故事”分享活动' },
      open: ['period', 'atLeast'],
    },
  ],
});
