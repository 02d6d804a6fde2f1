/** What a cadre or a unit can have done that a requirement counts: deeds, papers handed in, and acts of the unit. */
import { asDeedKind, type DeedKind, deedKindNames, deedKinds } from '../deeds/kinds.ts';

/** What is counted and is no deed of one cadre: papers that are handed in, and what a unit does as such. */
const papers = {
  problem_list: '问题清单报送',
  research: '调研报告',
  semester_report: '学期工作情况',
  unit_report: '单位工作情况',
  five_ones_set: '公布本季度“五个一”内容',
  bulletin: '工作通报',
  evaluation: '全面评估',
  stories: '“最美青春故事”候选人',
  service_month: '集中服务青年月',
  face_day: '共青团与青年面对面',
  volunteer_day: '集中志愿服务',
  collective: '联系青年的集体活动',
} as const satisfies Readonly<Record<string, string>>;

export type RecordKind = DeedKind | keyof typeof papers;

export const recordKinds = [...deedKindNames, ...Object.keys(papers)] as [RecordKind, ...RecordKind[]];

/** What people read. */
export function recordName(kind: RecordKind): string {
  const deed = asDeedKind(kind);
  return deed ? deedKinds[deed].name : papers[kind as keyof typeof papers];
}
