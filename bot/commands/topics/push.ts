/** 推送: a link of one's own, a piece of the shelf, or the outline of a league lecture; previewed, weekly by default. */
import { z } from 'zod';
import { pushWeekFrom, readPush } from '../../../domain/topics/push.ts';
import {
  fileOf,
  notePush,
  type Piece,
  pieceFor,
  piecesFor,
  pushesSince,
} from '../../../prisma/store/shelf.ts';
import { leadingNumber, nothing, text } from '../../dialogue/arguments.ts';
import {
  action,
  type ContextFor,
  defineCommand,
  type Question,
  type Saying,
} from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { lengthOf, plain } from '../../dialogue/plain.ts';
import { card, post, reply } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { lectures } from './lectures.ts';
import { shelfActions } from './shelf.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

const shownAtMost = 15;
const longestLine = 100;

export const push = defineCommand({
  name: '推送',
  aliases: ['转发'],
  summary: '给大家推一篇好东西：自己的链接、书架上的、团课提纲',
  byDefault: '书架',
  actions: [
    action({
      name: '链接',
      summary: '写链接、标题和您自己的一句话；我先给您看样子，您说“是”才发。一周一次就好',
      examples: ['/推送 链接 https://example.com/film 一部纪录片 看完想去修文物'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: text('请写链接、标题和您自己的一句话', 1_200),
      confirm: async (context, { text: written }) => {
        const read = readPush(written);
        if (read.kind === 'fault') throw new CommandFault('no link', read.say);
        return ask(context, `“${read.title}”\n${read.line}\n${read.url}`);
      },
      run: async (context, { text: written }) => {
        const read = readPush(written);
        if (read.kind === 'fault') throw new CommandFault('no link', read.say);
        const { title, line, url } = read;
        return posted(context, { title, line, url }, [linkCard(context, { title, line, url })]);
      },
    }),
    action({
      name: '书架',
      summary: '看看团组织放在书架上的东西',
      examples: ['/推送 书架', '/推送'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => [await shelf(context)],
    }),
    action({
      name: '选',
      aliases: ['挑'],
      summary: '把书架上的一件发到群里，加一句您自己的话',
      examples: ['/推送 选 2 这部片子我看了两遍'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: z.string().transform((typed, context) => {
        const found = leadingNumber(typed);
        if (found && lengthOf(found.rest) <= longestLine) return { number: found.number, line: found.rest };
        const message = found
          ? `您的话请收到 ${longestLine} 字以内`
          : '请写书架上的编号，后面加一句您自己的话';
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }),
      confirm: async (context, { number, line }) => {
        const piece = await find(context, number);
        return ask(
          context,
          `“${piece.title}”\n${plain(line) || piece.line}\n${piece.url ?? `文件：${piece.fileName}`}`,
        );
      },
      run: async (context, { number, line }) => {
        const piece = await find(context, number);
        const words = { title: piece.title, line: plain(line) || piece.line, pieceId: piece.id };
        if (piece.url !== undefined)
          return posted(context, { ...words, url: piece.url }, [
            linkCard(context, { ...words, url: piece.url }),
          ]);
        const base64 = await fileOf(context.db, piece.id);
        if (base64 === undefined) throw new CommandFault('no file', '这件的文件不在了，请换一件。');
        const file: Draft = { type: 'file', name: piece.fileName ?? piece.title, base64 };
        return posted(context, words, [linkCard(context, words), file]);
      },
    }),
    action({
      name: '团课',
      summary: '团课提纲：写编号看一份，照着改成自己的再讲',
      examples: ['/推送 团课', '/推送 团课 1'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: z.string().transform((typed, context) => {
        if (typed.trim() === '') return { number: undefined };
        const found = leadingNumber(typed);
        if (found?.rest === '') return { number: found.number };
        context.addIssue({ code: 'custom', message: '请写提纲的编号' });
        return z.NEVER;
      }),
      confirm: false,
      run: async (context, { number }) => {
        if (number === undefined) {
          const lines = lectures.map(
            ({ title, minutes, suits }, i) => `${i + 1}. ${title}（${minutes} 分钟，适合${suits}）`,
          );
          return [
            reply(
              context,
              card('团课提纲', `${lines.join('\n')}\n看哪一份，发 /推送 团课 加编号。`, [
                { label: '看第 1 份', command: '/推送 团课 1' },
              ]),
            ),
          ];
        }
        const lecture = lectures[number - 1];
        if (!lecture)
          throw new CommandFault('no such outline', `没有第 ${number} 份，发 /推送 团课 看看有哪些。`);
        return [reply(context, card(`团课提纲｜${lecture.title}`, lecture.text))];
      },
    }),
    ...shelfActions,
  ],
});

/** Shows what the group would see; says when the week has had its piece. */
async function ask({ db, group, now }: CadreHere, preview: string): Promise<Question> {
  const [before] = await pushesSince(db, group.id, pushWeekFrom(now));
  const again = before
    ? `\n这周已经推过“${before.title}”，一周一次大家看得过来；下周一再发也行。现在还要发吗？`
    : '';
  return { text: `要推送到“${nameOf(group)}”的是：\n${preview}${again}` };
}

async function posted(
  context: CadreHere,
  what: { readonly title: string; readonly line: string; readonly url?: string; readonly pieceId?: number },
  drafts: readonly Draft[],
): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const { title, url, pieceId } = what;
  const id = await notePush(db, { groupId: group.id, title, url, pieceId }, now);
  const said = drafts.map((draft, n) => post(group.id, draft, { key: `push/${id}/${n}` }));
  return chat.kind === 'group' ? said : [...said, reply(context, `已推送到“${nameOf(group)}”。`)];
}

/** Whose words they are is said: the bot passes on, the cadre recommends. */
function linkCard(
  { cadre }: CadreHere,
  { title, line, url }: { readonly title: string; readonly line: string; readonly url?: string },
): Draft {
  return card(`推荐｜${title}`, `${cadre.name}：${line}${url === undefined ? '' : `\n${url}`}`);
}

async function shelf(context: ContextFor<'cadre', 'person'>): Promise<Saying> {
  const all = await piecesFor(context.db, context.cadre.id, shownAtMost);
  if (all.length === 0)
    return reply(
      context,
      card(
        '书架',
        '书架上还没有东西：由您单位或上级的管理员放上来。自己的链接可以直接推：/推送 链接 加链接、标题和一句话。',
        [{ label: '团课提纲', command: '/推送 团课' }],
      ),
    );
  const lines = all.map(
    ({ id, title, line, fileName }) => `${id}. ${title}${fileName === undefined ? '' : '（文件）'}：${line}`,
  );
  return reply(
    context,
    card('书架', `${lines.join('\n')}\n发 /推送 选 加编号和您自己的一句话。`, [
      { label: '团课提纲', command: '/推送 团课' },
    ]),
  );
}

async function find({ db, cadre }: CadreHere, number: number): Promise<Piece> {
  const piece = await pieceFor(db, cadre.id, number);
  if (!piece)
    throw new CommandFault('no such piece', `书架上没有 ${number} 号，私聊我发 /推送 书架 看看编号。`);
  return piece;
}
