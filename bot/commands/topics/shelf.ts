/** The shelf of a unit, as its administrator keeps it: what they put up is seen by their unit's cadres and those below. */
import { readPush } from '../../../domain/topics/push.ts';
import { addPiece, type Piece, piecesWithin, removePiece, shelfHolds } from '../../../prisma/store/shelf.ts';
import { nothing, number, text } from '../../dialogue/arguments.ts';
import { type Action, action } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';

const shownAtMost = 15;

/** What administrators do with `/推送`. */
export const shelfActions: readonly Action[] = [
  action({
    name: '上架',
    summary: '往本单位的书架上放一件：写链接、标题和一句说明；本单位和下级的团干部都看得到',
    examples: ['/推送 上架 https://example.com/film 一部纪录片 二十五分钟，讲修文物的年轻人'],
    who: 'administrator',
    where: 'private',
    about: 'person',
    arguments: text('请写链接、标题和一句说明', 1_200),
    confirm: false,
    run: async (context, { text: written }) => {
      const { db, administrator, now } = context;
      const read = readPush(written, { command: '/推送 上架', line: '一句说明' });
      if (read.kind === 'fault') throw new CommandFault('no link', read.say);
      const { title, line, url } = read;
      const id = await addPiece(db, { unitId: administrator.unitId, title, line, url }, now);
      if (id === undefined)
        throw new CommandFault(
          'the shelf is full',
          `书架放满了（${shelfHolds} 件），先发 /推送 下架 加编号拿下几件旧的。`,
        );
      return [
        reply(
          context,
          card(
            '放上书架了',
            `${id}. ${title}：${line}\n${url}\n${plain(administrator.unit)}和下级的团干部发 /推送 书架 就看得到。`,
            [
              { label: '拿下来', command: `/推送 下架 ${id}` },
              { label: '看看书架', command: '/推送 架上' },
            ],
          ),
        ),
      ];
    },
  }),
  action({
    name: '下架',
    summary: '把本单位或下级书架上的一件拿下来；已经发到群里的不受影响',
    examples: ['/推送 下架 3'],
    who: 'administrator',
    where: 'private',
    about: 'person',
    arguments: number('请写书架上的编号'),
    confirm: false,
    run: async (context, wanted) => {
      const { db, administrator, now } = context;
      if (!(await removePiece(db, wanted.number, administrator.unitId, now)))
        throw new CommandFault(
          'no such piece',
          `您管的书架上没有 ${wanted.number} 号，发 /推送 架上 看看编号；上级放的由上级拿。`,
        );
      return [reply(context, `${wanted.number} 号拿下来了。`)];
    },
  }),
  action({
    name: '架上',
    summary: '看看本单位和下级的书架上有什么',
    examples: ['/推送 架上'],
    who: 'administrator',
    where: 'private',
    about: 'person',
    arguments: nothing,
    confirm: false,
    run: async (context) => {
      const { db, administrator } = context;
      const all = await piecesWithin(db, administrator.unitId, shownAtMost);
      const lines = all.map((piece) => lineOf(piece, administrator.unitId));
      return [
        reply(
          context,
          lines.length === 0
            ? '书架上还没有东西。放一件发 /推送 上架 加链接、标题和一句说明；文件请运维的同事用 npx lianqing shelf add 放。'
            : card('书架', `${lines.join('\n')}\n放一件发 /推送 上架；拿下来发 /推送 下架 加编号。`),
        ),
      ];
    },
  }),
];

function lineOf({ id, unitId, unit, title, line, fileName }: Piece, own: number): string {
  const where = unitId === own ? '' : `（${plain(unit)}）`;
  return `${id}. ${title}${fileName === undefined ? '' : '（文件）'}${where}：${line}`;
}
