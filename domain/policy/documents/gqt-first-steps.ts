/** 团中央机关的参考路径“十个一”，逐条。 */
import type { PolicyDocument } from './document.ts';

export const gqtFirstSteps: PolicyDocument = {
  id: 'gqt-steps',
  name: '参考路径',
  title: '落实团干部直接联系青年制度参考路径',
  number: '',
  file: '4-gqt-2016-notice-and-73-questions.txt',
  clauses: [
    {
      id: 'gqt-steps/0.p1',
      article: '第1段',
      title: '',
      text: '落实团干部直接联系青年制度参考路径',
    },
    {
      id: 'gqt-steps/0.p2',
      article: '第2段',
      title: '',
      text: '6月底前，机关干部要达到联系团员青年不少于100人的规模，并录入数据库。可参照“十个一”路径开展工作：',
    },
    {
      id: 'gqt-steps/1',
      article: '1.',
      title: '',
      text: '1. 结合“两学一做”学习教育召开一次专题党支部会议，研究部署团干部直接联系青年工作；',
    },
    {
      id: 'gqt-steps/2',
      article: '2.',
      title: '',
      text: '2. 以部门为单位加入一个或几个团的区域化共建委员会；',
    },
    {
      id: 'gqt-steps/3',
      article: '3.',
      title: '',
      text: '3. 每名团干部与一个青年汇建立联系，亮明团干部身份和联系方式；',
    },
    {
      id: 'gqt-steps/4',
      article: '4.',
      title: '',
      text: '4. 参加或发起建立一个青年兴趣组织，积极参与相关活动；',
    },
    {
      id: 'gqt-steps/5',
      article: '5.',
      title: '',
      text: '5. 加入一个志愿服务组织，开展公益服务；',
    },
    {
      id: 'gqt-steps/6',
      article: '6.',
      title: '',
      text: '6. 联系母校一个班级或社团，开展联系服务工作；',
    },
    {
      id: 'gqt-steps/7',
      article: '7.',
      title: '',
      text: '7. 联系一个企业，加强与一线青年员工的联系交流；',
    },
    {
      id: 'gqt-steps/8',
      article: '8.',
      title: '',
      text: '8. 与“8+4”“4+1”“走转改”工作相结合，集中联系一批青年；',
    },
    {
      id: 'gqt-steps/9',
      article: '9.',
      title: '',
      text: '9. 结合出差、调研、会议等开展一次走访，联系所接触的各领域青年，增强联系的广泛性；',
    },
    {
      id: 'gqt-steps/10',
      article: '10.',
      title: '',
      text: '10. 建立一系列微信群等互动社交平台，加强与所联系团员青年的日常联系。',
    },
  ],
};
