import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { defineCommand } from 'citty';
import { checkedUrl } from '../../domain/topics/push.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { addPiece, pieces, removePiece } from '../../prisma/store/shelf.ts';
import { plain } from '../commands/plain.ts';
import { InputError, politely, say, settings } from './terminal.ts';

const megabyte = 1_048_576;
const largest = 5 * megabyte;
const shownAtMost = 200;

export const shelfAdd = defineCommand({
  meta: { name: 'add', description: '往书架上放一件文化产品（链接或文件），团干部用 /推送 发到群里' },
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
  },
  run: ({ args }) =>
    politely(async () => {
      const title = checked(args.title, 40, '标题');
      const line = checked(args.line, 100, '一句话说明');
      const source = args.source.trim();
      const piece = /^https?:/iu.test(source) ? { url: linkOf(source) } : await fileFrom(source);
      await onDatabase(async ({ db }) => {
        const number = await addPiece(db, { title, line, ...piece }, Date.now());
        say(`放好了，是书架上的 ${number} 号：${title}。团干部私聊机器人发 /推送 书架 就看得到。`);
      });
    }),
});

export const shelfList = defineCommand({
  meta: { name: 'list', description: '看看书架上有什么' },
  run: () =>
    politely(() =>
      onDatabase(async ({ db }) => {
        const all = await pieces(db, shownAtMost);
        if (all.length === 0) say('书架上还没有东西。');
        for (const { id, title, line, url, fileName } of all)
          say(`${id}  ${title}  ${line}  ${url ?? fileName ?? ''}`);
      }),
    ),
});

export const shelfRemove = defineCommand({
  meta: { name: 'remove', description: '把书架上的一件拿下来，文件一起删掉' },
  args: { number: { type: 'positional', description: '编号', valueHint: '3', required: true } },
  run: ({ args }) =>
    politely(async () => {
      if (!/^\d{1,9}$/.test(args.number)) throw new InputError('编号要是一个数，例如 3。');
      await onDatabase(async ({ db }) => {
        if (!(await removePiece(db, Number(args.number), Date.now())))
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

async function onDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(settings().databaseUrl);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
