import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { defineCommand } from 'citty';
import { checkedUrl } from '../../domain/topics/push.ts';
import type { Tx } from '../../prisma/database.ts';
import { addPiece, piecesWithin, removePiece, shelfHolds } from '../../prisma/store/shelf.ts';
import { allUnits } from '../../prisma/store/units.ts';
import { plain } from '../dialogue/plain.ts';
import { inDatabase, unitNamed } from './store.ts';
import { InputError, politely, say } from './terminal.ts';

const megabyte = 1_048_576;
const largest = 5 * megabyte;
const shownAtMost = 200;

export const shelfAdd = defineCommand({
  meta: {
    name: 'add',
    description: '往一个团组织的书架上放一件文化产品（链接或文件），它和下级的团干部用 /推送 发到群里',
  },
  args: {
    source: {
      type: 'positional',
      description: '链接或文件',
      valueHint: 'https://example.com/film',
      required: true,
    },
    title: { type: 'string', description: '标题', valueHint: '一部纪录片', required: true },
    line: {
      type: 'string',
      description: '一句话说明',
      valueHint: '二十五分钟，讲修文物的年轻人',
      required: true,
    },
    unit: {
      type: 'string',
      description: '放在哪个团组织的书架上；只有一个最上级时可以不写',
      valueHint: '某某大学团委',
    },
  },
  run: ({ args }) =>
    politely(async () => {
      const title = checked(args.title, 40, '标题');
      const line = checked(args.line, 100, '一句话说明');
      const source = args.source.trim();
      const piece = /^https?:/iu.test(source) ? { url: linkOf(source) } : await fileFrom(source);
      await inDatabase(async (tx) => {
        const unit = await shelfOf(tx, args.unit);
        const number = await addPiece(tx, { unitId: unit.id, title, line, ...piece }, Date.now());
        if (number === undefined)
          throw new InputError(`“${unit.name}”的书架放满了（${shelfHolds} 件），先拿下几件旧的。`);
        say(
          `放好了，是“${unit.name}”书架上的 ${number} 号：${title}。这一级和下级的团干部私聊机器人发 /推送 书架 就看得到。`,
        );
      });
    }),
});

export const shelfList = defineCommand({
  meta: { name: 'list', description: '看看书架上有什么' },
  run: () =>
    inDatabase(async (tx) => {
      const all = await piecesWithin(tx, 'anywhere', shownAtMost);
      if (all.length === 0) say('书架上还没有东西。');
      for (const { id, title, line, url, fileName, unit } of all)
        say(`${id}  ${title}  ${line}  ${url ?? fileName ?? ''}  （${unit}）`);
    }),
});

export const shelfRemove = defineCommand({
  meta: { name: 'remove', description: '把书架上的一件拿下来，文件一起删掉' },
  args: { number: { type: 'positional', description: '编号', valueHint: '3', required: true } },
  run: ({ args }) =>
    politely(async () => {
      if (!/^\d{1,9}$/.test(args.number)) throw new InputError('编号要是一个数，例如 3。');
      await inDatabase(async (tx) => {
        if (!(await removePiece(tx, Number(args.number), 'anywhere', Date.now())))
          throw new InputError(`书架上没有 ${args.number} 号，先用 npx lianqing shelf list 看看。`);
        say(`${args.number} 号已经拿下来了。`);
      });
    }),
});

function checked(value: string, longest: number, name: string): string {
  const text = plain(value).replace(/\s+/gu, ' ');
  if (text === '' || [...text].length > longest) throw new InputError(`${name}要有 1 到 ${longest} 个字。`);
  return text;
}

function linkOf(source: string): string {
  const url = checkedUrl(source);
  if (url === undefined) throw new InputError('这个链接不像能打开的网址，请从浏览器里复制完整的。');
  return url;
}

async function fileFrom(path: string): Promise<{ readonly fileName: string; readonly file: string }> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new InputError(`找不到文件 ${path}；链接请以 http 开头。`);
  if (found.size === 0 || found.size > largest)
    throw new InputError(`文件要小于 ${largest / megabyte} MB，也不能是空的；更大的请放到网盘，用链接。`);
  return { fileName: basename(path), file: (await readFile(path)).toString('base64') };
}

/** The unit whose shelf it is: the one named, or the only one at the top. Throws {@link InputError}. */
async function shelfOf(
  tx: Tx,
  named: string | undefined,
): Promise<{ readonly id: number; readonly name: string }> {
  if (named !== undefined) return unitNamed(tx, named);
  const [top, ...others] = (await allUnits(tx)).filter(({ parentId }) => parentId === undefined);
  if (top && others.length === 0) return top;
  throw new InputError(
    top
      ? `最上一级的团组织有几个，请用 --unit 写明放在哪个的书架上：${[top, ...others].map(({ name }) => name).join('、')}。`
      : '还没有登记团组织：先运行 npx lianqing unit add 某某大学团委。',
  );
}
