/** The profile of 团中央 2016: the notice, the notice of September, the first steps and the questions. */
import { type Policy, policySchema } from '../policy.ts';
import { allGrades, national, usualSemesters } from './national.ts';
import { duty, grassroots, organCadre, recordsDuty, unitDuty } from './shared.ts';

export const gqt: Policy = policySchema.parse({
  id: 'gqt',
  name: '团中央 2016',
  grades: allGrades,
  semesters: usualSemesters,
  requirements: [
    ...Object.values(national),
    {
      ...recordsDuty,
      id: 'research',
      name: '年度课题调研',
      period: 'year',
      binds: organCadre,
      evidence: ['research'],
      citation: { clause: 'gqt-september/2', quote: '坚持问题导向确定一个课题，深入调研思考，形成调研报告' },
    },
    {
      ...grassroots.day,
      // 问答 12 tells what 团中央 itself does: 团中央在岗干部. Of other organs this profile asks nothing by it.
      force: 'advice',
      citation: {
        clause: 'gqt-qa/12',
        quote: '团中央在岗干部每周在机关工作4天，同时在基层社区开展青年工作1天',
      },
    },
    {
      ...grassroots.posting,
      // Who goes is settled batch by batch over two years: nobody misses it for not having gone this year.
      force: 'advice',
      citation: {
        clause: 'gqt-qa/12',
        quote: '团中央、团省委每半年25%的干部在机关工作8个月、在县级团委工作4个月，两年一个周期，长期坚持',
      },
    },
    {
      ...duty,
      id: 'ten-ones',
      name: '起步参考“十个一”',
      measure: 'checklist',
      period: 'once',
      force: 'advice',
      binds: organCadre,
      threshold: { steps: 10 },
      citation: { clause: 'gqt-steps/0.p2', quote: '可参照“十个一”路径开展工作' },
    },
    {
      ...unitDuty,
      levels: ['top'],
      id: 'bulletin',
      name: '季度工作通报',
      period: 'quarter',
      evidence: ['bulletin'],
      citation: { clause: 'gqt-september/3', quote: '通报一般每季度开展一次' },
    },
    {
      ...unitDuty,
      id: 'stories',
      name: '“最美青春故事”推选',
      period: 'year',
      force: 'advice',
      evidence: ['stories'],
      citation: { clause: 'gqt-qa/16', quote: '开展“最美青春故事”分享活动' },
      open: ['period', 'atLeast'],
    },
  ],
});
