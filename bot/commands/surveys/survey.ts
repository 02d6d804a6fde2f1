/** 问卷: made, posted, closed and read by the cadre; answered with /作答. */
import { z } from 'zod';
import { leadingNumber, nothing, number, textOrNothing } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { askToClose, end, list, publish, showResults } from './survey-end.ts';
import { askToOpen, drop, fromTemplate, make, open } from './survey-make.ts';

const which = '请写问卷的编号';

const numberAndEnd = z.string().transform((typed, context) => {
  const found = leadingNumber(typed.slice(0, 200));
  if (found) return { number: found.number, text: found.rest };
  context.addIssue({ code: 'custom', message: which });
  return z.NEVER;
});

export const survey = defineCommand({
  name: '问卷',
  aliases: ['调查'],
  summary: '做问卷、发到群里、看结果',
  byDefault: '列表',
  actions: [
    action({
      name: '新建',
      aliases: ['新', '做'],
      summary:
        '贴上标题和题目，我做成草稿给您看；什么都不写，就一步一步问您。题目用“1.”开头，选项用“A.”；括号里写（多选）、（1-5分）、（问答）、（若1选B）；写“记名”才记名',
      examples: ['/问卷 新建 1. 食堂怎么样 A. 好 B. 一般 2. 还想说什么', '/问卷 新建'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: textOrNothing(3_000),
      confirm: false,
      run: make,
    }),
    action({
      name: '模板',
      summary: '现成的：需求、满意度、活动反馈；评价团干部由团组织管理员发起',
      examples: ['/问卷 模板', '/问卷 模板 需求'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: textOrNothing(20),
      confirm: false,
      run: fromTemplate,
    }),
    action({
      name: '发布',
      aliases: ['发'],
      summary: '把草稿发到群里；缺省收 7 天，也可以写截止时间',
      examples: ['/问卷 发布 3', '/问卷 发布 3 周五20:00'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberAndEnd,
      confirm: askToOpen,
      run: open,
    }),
    action({
      name: '删除',
      summary: '删掉一份草稿',
      examples: ['/问卷 删除 3'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number(which),
      confirm: false,
      run: drop,
    }),
    action({
      name: '结束',
      aliases: ['收'],
      summary: '提前结束一份问卷；到了截止时间会自己结束',
      examples: ['/问卷 结束 3'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number(which),
      confirm: askToClose,
      run: end,
    }),
    action({
      name: '结果',
      summary: '看一份结束了的问卷：图和 Excel 表；不记名的，不足 5 人的数字不显示',
      examples: ['/问卷 结果 3'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number(which),
      confirm: false,
      run: showResults,
    }),
    action({
      name: '公布',
      summary: '把结果图发到群里，大家写的话不发',
      examples: ['/问卷 公布 3'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number(which),
      confirm: false,
      run: publish,
    }),
    action({
      name: '列表',
      summary: '看看群里的问卷，和各有多少人作答',
      examples: ['/问卷 列表', '/问卷'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: list,
    }),
  ],
});
