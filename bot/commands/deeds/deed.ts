/** 记: a cadre's deeds (工作纪实) in words, echoed, confirmed, corrected, withdrawn; only privately, since talks are in it. */
import { z } from 'zod';
import { correctable } from '../../../domain/deeds/deed.ts';
import { isPrivate } from '../../../domain/deeds/kind-words.ts';
import { deedKindNames, deedKinds } from '../../../domain/deeds/kinds.ts';
import { codeLifeMs, newCode, shownCode } from '../../../prisma/store/codes.ts';
import { openToConfirm } from '../../../prisma/store/deed-evidence.ts';
import { reflect, withdrawDeed } from '../../../prisma/store/deeds.ts';
import { leadingNumber, nothing, number, numberAndText, oneOf, text } from '../../dialogue/arguments.ts';
import { action, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { reply } from '../../dialogue/say.ts';
import { auditDeed, type CadreOnly, findDeed, openPhotos } from './deed-choice.ts';
import { askToRecord, correct, record } from './deed-record.ts';
import { exportDeeds, listDeeds, showDeed } from './deed-show.ts';
import { deedForm, deedLine } from './deed-words.ts';

const kindChoices = deedKindNames.map((kind) => deedKinds[kind].name);
const correction = z.string().transform((typed, context) => {
  const found = leadingNumber(typed);
  const what = correctable.find((word) => found?.rest.startsWith(word));
  const value = plain(found && what ? found.rest.slice(what.length).slice(0, 2_000) : '').replace(
    /^[\s:：为成]+/u,
    '',
  );
  if (found && what && value !== '') return { number: found.number, what, value };
  context.addIssue({ code: 'custom', message: `请写编号、改哪一项（${correctable.join('、')}）和改成什么` });
  return z.NEVER;
});

const common = { who: 'cadre', where: 'private', about: 'person' } as const;

export const deed = defineCommand({
  name: '记',
  aliases: ['记录', '工作纪实'],
  summary: '记一次联系青年的工作：团课、走访、谈心、志愿服务等',
  actions: [
    action({
      ...common,
      name: '',
      summary:
        '用一句话记：类别、日期、和谁、做什么、多少人。我先念给您听，您说“是”才记下；谈心谈话只记类别和日期',
      examples: ['/记 团课 5月4日下午 给计科2班讲五四精神 32人', '/记 谈心谈话 昨天'],
      // What is kept until the yes may be longer than what was typed.
      arguments: text('请用一句话说做了什么', 1200),
      confirm: askToRecord,
      run: record,
    }),
    action({
      ...common,
      name: '填写',
      summary: '给一张空白的表，类别可以先写好',
      examples: ['/记 填写 讲团课'],
      arguments: oneOf(['', ...kindChoices], `类别可以写 ${kindChoices.join('、')}`),
      confirm: false,
      run: async (context, { word }) => [reply(context, deedForm(word))],
    }),
    action({
      ...common,
      name: '列表',
      summary: '看记过的工作，缺省是本季度；后面可以写“本月”“本年”',
      examples: ['/记 列表', '/记 列表 本年'],
      arguments: oneOf(['', '本月', '本季度', '本年'], '可以写 /记 列表 本月、本季度、本年'),
      confirm: false,
      run: listDeeds,
    }),
    action({
      ...common,
      name: '查看',
      summary: '看一条记录的全部内容和照片',
      examples: ['/记 查看 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: showDeed,
    }),
    action({
      ...common,
      name: '更正',
      summary: '改一条记录：类别、日期、对象、主题或人数；别人的印证是对原来内容的，会一起清掉',
      examples: ['/记 更正 3 人数 35', '/记 更正 3 日期 5月5日'],
      arguments: correction,
      confirm: false,
      run: correct,
    }),
    action({
      ...common,
      name: '撤回',
      summary: '撤回一条记录，内容、照片和印证都删掉',
      examples: ['/记 撤回 3'],
      arguments: number('请写记录的编号'),
      confirm: async (context, wanted) => {
        const row = await findDeed(context, wanted.number);
        return { text: `要撤回这一条吗？内容和照片会删掉，不能恢复。\n${deedLine(row, context.now)}` };
      },
      run: async (context, wanted) => {
        const row = await findDeed(context, wanted.number);
        await withdrawDeed(context.db, row.id, context.now);
        await auditDeed(context, 'deed.withdraw', row.id);
        return [reply(context, `第 ${row.number} 条已撤回，内容都删掉了。`)];
      },
    }),
    action({
      ...common,
      name: '感悟',
      summary: '给一条记录写几句感悟；再写一次就换成新的',
      examples: ['/记 感悟 3 大家更想听身边人的故事'],
      arguments: numberAndText('请写编号和感悟', 1000),
      confirm: false,
      run: async (context, { number: wanted, text: words }) => {
        const row = await findDeed(context, wanted);
        // Of a talk nothing is kept that was said in it.
        if (isPrivate(row.kind))
          throw new CommandFault('no words of a talk', '谈心谈话不记任何内容，也不写感悟。');
        await reflect(context.db, row.id, words);
        await auditDeed(context, 'deed.reflect', row.id);
        return [reply(context, `感悟记在第 ${row.number} 条里了。`)];
      },
    }),
    action({
      ...common,
      name: '照片',
      aliases: ['文件', '附件'],
      summary: '给一条记录加照片或文件（PDF、docx、xlsx、pptx，10 MB 以内）：发完这句，30 分钟内私聊发给我',
      examples: ['/记 照片 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await findDeed(context, wanted.number);
        if (isPrivate(row.kind)) throw new CommandFault('no pictures of a talk', '谈心谈话不留照片和文件。');
        await openPhotos(context, row);
        return [reply(context, `请把第 ${row.number} 条的照片或文件直接发给我，30 分钟内都算它的。`)];
      },
    }),
    action({
      ...common,
      name: '印证',
      summary: '得到一个印证码，请参加的人自愿私聊我印证；是不是印证、谁印证的都由他们自己定',
      examples: ['/记 印证 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: confirmable,
    }),
    action({
      ...common,
      name: '导出',
      summary: '把您记过的全部工作导出成一个表格文件',
      examples: ['/记 导出'],
      arguments: nothing,
      confirm: false,
      run: exportDeeds,
    }),
  ],
});

async function confirmable(
  context: CadreOnly,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const { db, secret, now, random } = context;
  const row = await findDeed(context, wanted.number);
  const code = newCode(random);
  await openToConfirm(db, row.id, secret.hash(code), now + codeLifeMs);
  const once = isPrivate(row.kind) ? '，只能用一次' : '';
  return [
    reply(
      context,
      `印证码：${shownCode(code)}（7 天内有效${once}）\n请转告参加的人：愿意的话，私聊我发 /印证 ${shownCode(code)}。不愿意也没关系，我不会催，也不会告诉您谁印证了。`,
    ),
  ];
}
