/** “十个一”: the reference path of ten first steps (团中央 参考路径), as data. Each step is named in its clause's own words. */

/** One of the ten. */
export interface FirstStep {
  /** 1–10. */
  readonly number: number;
  /** Its clause: `gqt-steps/3`. */
  readonly clause: string;
  /** Word for word out of the clause, without what it is to be combined with. */
  readonly name: string;
}

/** In the order of the document. */
export const firstSteps: readonly FirstStep[] = [
  '召开一次专题党支部会议',
  '加入一个或几个团的区域化共建委员会',
  '与一个青年汇建立联系，亮明团干部身份和联系方式',
  '参加或发起建立一个青年兴趣组织',
  '加入一个志愿服务组织，开展公益服务',
  '联系母校一个班级或社团',
  '联系一个企业，加强与一线青年员工的联系交流',
  '与“8+4”“4+1”“走转改”工作相结合，集中联系一批青年',
  '结合出差、调研、会议等开展一次走访',
  '建立一系列微信群等互动社交平台',
].map((name, index) => ({ number: index + 1, clause: `gqt-steps/${index + 1}`, name }));
