/** Chat histories as the common export tools of WeChat write them: CSV, known by the names of its columns. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { MessageKind } from '../../adapters/adapter.ts';
import { parseInstant } from '../../domain/calendar/instant.ts';
import { SourceError } from './source.ts';

/** One message of an export. */
export interface ExportedMessage {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The sender's own id where the export has one, else the name. */
  readonly sender: string;
  readonly name: string;
  readonly kind: MessageKind;
  readonly text: string;
}

export interface ChatExport {
  readonly messages: readonly ExportedMessage[];
  /** The chats that the file holds, as it calls them. */
  readonly chats: readonly string[];
  /** Which column was read as what, for the person to check. */
  readonly columns: readonly { readonly meaning: string; readonly column: string }[];
  readonly encoding: string;
  /** Lines that are no message of a person (system lines), and lines that could not be read, by number. */
  readonly system: number;
  readonly bad: readonly { readonly line: number; readonly why: string }[];
}

/** The meaning of columns by their names, lower case; of several, the first that holds something counts. */
const columnNames = {
  time: [
    'strtime',
    '时间',
    '发送时间',
    '消息时间',
    'time',
    'datetime',
    'createtime',
    'create_time',
    'timestamp',
  ],
  // How somebody is called in the group comes before what they call themselves.
  name: [
    'sendername',
    'sender_name',
    '群昵称',
    '发送人',
    '发送者昵称',
    '发送者',
    '发言人',
    'remark',
    'nickname',
    '昵称',
  ],
  sender: ['sender', 'senderid', 'sender_id', 'wxid', '发送者wxid', '发送者id', '微信号', 'talker'],
  text: ['strcontent', 'content', 'msg', 'message', '内容', '消息内容', '消息'],
  kind: ['type', 'type_name', 'msgtype', '类型', '消息类型'],
  chat: [
    'room_name',
    'talkername',
    'talker_name',
    'chatroom',
    '群名',
    '群聊',
    '群聊名称',
    '会话',
    '聊天对象',
  ],
} as const;
type Meaning = keyof typeof columnNames;
const meanings = Object.keys(columnNames) as Meaning[];

const meaningWords: Readonly<Record<Meaning, string>> = {
  time: '时间',
  name: '发送人的名字',
  sender: '发送人的编号',
  text: '内容',
  kind: '类型',
  chat: '群',
};

/** WeChat's numbers, and the words that tools write. */
const kinds: readonly (readonly [RegExp, MessageKind | 'system'])[] = [
  [/^(1|文本|文字|粘贴的文本|引用.*|带有引用的.*|text)$/i, 'text'],
  [/^(3|图片|image)$/i, 'image'],
  [/^(34|语音|voice|audio)$/i, 'voice'],
  [/^(43|62|视频|video)$/i, 'video'],
  // Money and calls are nothing that somebody says.
  [/^(47|表情.*|动画表情|转账.*|红包.*|sticker|emoji)$/i, 'sticker'],
  [/^(文件|file)$/i, 'file'],
  [/^(42|名片|49|链接.*|分享.*|小程序|卡片.*|link|card)$/i, 'link'],
  [/^(50|10000|10002|系统.*|撤回.*|拍一拍|.*通话|system)$/i, 'system'],
];

/** A chat of a hundred people over a year is some tens of megabytes. */
const mostBytes = 512 * 1024 * 1024;
const badShown = 1_000;
const records = z.array(z.record(z.string(), z.string()));

/** Whether a file is an export and not an event file, whose lines are JSON. */
export function looksLikeExport(path: string, begin: string): boolean {
  return /\.csv$/i.test(path) || (!/^\s*\{/.test(begin.replace(/^\ufeff/, '')) && /[,\t]/.test(begin));
}

/** Reads an export. Throws {@link SourceError} where it is none. */
export function readChatExport(bytes: Uint8Array): ChatExport {
  if (bytes.length > mostBytes)
    throw wrong('too large', '这个文件太大了（超过 512 MB），请按时间分成几个再导入。');
  const utf8 = isUtf8(bytes);
  const text = new TextDecoder(utf8 ? 'utf-8' : 'gb18030').decode(bytes);
  const rows = rowsIn(text);
  const [first] = rows;
  const column = columnsOf(first ? Object.keys(first) : []);
  if (column.time.length === 0 || column.name.length + column.sender.length === 0)
    throw wrong(
      'columns not known',
      `没看懂这个 CSV 的列名：至少要有时间（例如“时间”“StrTime”）和发送人（例如“发送人”“NickName”“Sender”）。现在的列是：${
        Object.keys(first ?? {})
          .slice(0, 20)
          .join('、') || '（空文件）'
      }。`,
    );
  const messages: ExportedMessage[] = [];
  const chats = new Set<string>();
  const bad: { line: number; why: string }[] = [];
  let system = 0;
  for (const [n, row] of rows.entries()) {
    const value = (meaning: Meaning): string =>
      column[meaning].map((name) => row[name]?.trim() ?? '').find((text) => text !== '') ?? '';
    const kind = kindOf(value('kind'));
    if (kind === 'system' || value('sender') === systemSender) {
      system++;
      continue;
    }
    const at = instantOf(value('time'));
    const name = value('name') || value('sender');
    const why = at === undefined ? '时间看不懂' : name === '' ? '没有发送人' : undefined;
    if (at === undefined || why !== undefined) {
      // The header is line 1.
      if (bad.length < badShown) bad.push({ line: n + 2, why: why ?? '' });
      continue;
    }
    const sender = value('sender') || name;
    const content = wordsIn(value('text'));
    if (value('chat') !== '') chats.add(value('chat'));
    messages.push({
      id: idOf(sender, at, content),
      at,
      sender,
      name,
      kind,
      text: kind === 'text' ? content : '',
    });
  }
  return {
    messages,
    chats: [...chats],
    columns: meanings.flatMap((meaning) => {
      const [name] = column[meaning];
      return name === undefined ? [] : [{ meaning: meaningWords[meaning], column: name }];
    }),
    encoding: utf8 ? 'UTF-8' : 'GB18030',
    system,
    bad,
  };
}

function rowsIn(text: string): z.infer<typeof records> {
  const header = text.slice(0, 4_096).split('\n')[0] ?? '';
  try {
    return records.parse(
      parse(text, {
        bom: true,
        columns: true,
        delimiter: header.includes('\t') ? '\t' : ',',
        relax_quotes: true,
        relax_column_count: true,
        skip_empty_lines: true,
      }),
    );
  } catch (fault) {
    throw wrong('no CSV', '这个文件不是完整的 CSV，请用导出工具重新导出一次。', fault);
  }
}

function columnsOf(header: readonly string[]): Readonly<Record<Meaning, readonly string[]>> {
  const byName = new Map(header.map((column) => [column.trim().toLowerCase(), column]));
  const of = (meaning: Meaning) => columnNames[meaning].flatMap((name) => byName.get(name) ?? []);
  // The sender in PyWxDump's files; in chatlog's, which name the sender besides, the chat.
  const senders = of('sender');
  const talker = byName.get('talker');
  return {
    time: of('time'),
    name: of('name'),
    sender: senders.length > 1 ? senders.filter((column) => column !== talker) : senders,
    text: of('text'),
    kind: of('kind'),
    chat: of('chat'),
  };
}

/** Who speaks in chatlog's lines of the platform's own. */
const systemSender = '系统消息';

/** What was typed: PyWxDump writes some texts as JSON, and chatlog puts what is quoted before them, line by line. */
function wordsIn(written: string): string {
  if (written.startsWith('{'))
    try {
      const read = packed.safeParse(JSON.parse(written));
      if (read.success) return read.data.msg;
    } catch {
      return written;
    }
  return written.replace(/^(?:> .*(?:\n|$))+/u, '');
}

const packed = z.object({ msg: z.string(), src: z.string() });

function kindOf(written: string): MessageKind | 'system' {
  if (written === '') return 'text';
  return kinds.find(([pattern]) => pattern.test(written))?.[1] ?? 'card';
}

/** Seconds, milliseconds, RFC 3339, or a date and time in Beijing. */
function instantOf(written: string): number | undefined {
  if (/^\d{10}$/.test(written)) return Number(written) * 1_000;
  if (/^\d{13}$/.test(written)) return Number(written);
  const local = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(
    written,
  );
  if (!local) return parseInstant(written);
  const [, year, month = '', day = '', hour = '', minute, second = '00'] = local;
  const two = (part: string) => part.padStart(2, '0');
  return parseInstant(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}+08:00`);
}

/** The same message has the same id in every export, so that importing twice changes nothing. */
function idOf(sender: string, at: number, text: string): string {
  return `csv/${createHash('sha256')
    .update(JSON.stringify([sender, at, text]))
    .digest('hex')
    .slice(0, 32)}`;
}

function wrong(message: string, forPerson: string, cause?: unknown): SourceError {
  return new SourceError(`chat export: ${message}`, forPerson, cause);
}
