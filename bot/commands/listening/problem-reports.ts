/** 问题清单: what is told of it to others, each by the cadre's own act: the group by the month, the unit by the quarter. */
import { nothing, numberAndText, oneOf } from '../../dialogue/arguments.ts';
import { action } from '../../dialogue/command.ts';
import { askToPost, longestNote, monthCard, publicNote } from './month.ts';
import { quarterAndWord } from './quarter.ts';
import { askForNames, askToSendUp, report, sendUp, subjects } from './quarter-report.ts';

export const reportActions = [
  action({
    name: '公开说明',
    summary: '用您自己的一句话写办成了什么，“你说我办”里大家看得到；不写人、不抄原话。写“不公开”就去掉',
    examples: ['/问题清单 公开说明 3 三号楼的热水延长到 23:00 了', '/问题清单 公开说明 3 不公开'],
    who: 'cadre',
    where: 'private',
    about: 'group',
    arguments: numberAndText('请写诉求编号和一句话', longestNote),
    confirm: false,
    run: publicNote,
  }),
  action({
    name: '你说我办',
    aliases: ['月卡'],
    summary: '上个月大家说了什么、办了什么，一张卡片先给您看；写“发布”并确认，才发到群里，一个月一次',
    examples: ['/问题清单 你说我办', '/问题清单 你说我办 发布'],
    who: 'cadre',
    where: 'private',
    about: 'group',
    arguments: oneOf(['', '发布'], '发 /问题清单 你说我办 先看，发 /问题清单 你说我办 发布 再发到群里'),
    confirm: askToPost,
    run: monthCard,
  }),
  action({
    name: '季报',
    aliases: ['小结', '分析'],
    summary:
      '本季度（或写明的季度）的分析、Word 报送稿和 Excel 台账，只发给您；缺省没有名字，写“实名”并确认，台账才带名字。配了模型时另有一段中性的概括',
    examples: ['/问题清单 季报', '/问题清单 季报 上季度', '/问题清单 季报 2026-Q3 实名', '/问题清单 小结'],
    who: 'cadre',
    where: 'private',
    about: 'group',
    arguments: quarterAndWord,
    confirm: askForNames,
    run: report,
  }),
  action({
    name: '上报',
    aliases: ['报送'],
    summary: '把季度问题清单报给团组织：先给您看报上去的每一个字；只有数目，和提出人同意转报的内容',
    examples: ['/问题清单 上报', '/问题清单 上报 上季度'],
    who: 'cadre',
    where: 'private',
    about: 'group',
    arguments: quarterAndWord,
    confirm: askToSendUp,
    run: sendUp,
  }),
  action({
    name: '课题',
    aliases: ['年度课题'],
    summary: '从今年最集中的几个领域提几个年度课题，只用数目',
    examples: ['/问题清单 课题'],
    who: 'cadre',
    where: 'private',
    about: 'group',
    arguments: nothing,
    confirm: false,
    run: (context) => subjects(context),
  }),
];
