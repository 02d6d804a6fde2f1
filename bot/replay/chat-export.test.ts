import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../domain/calendar/day.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { bind, createCadre } from '../../prisma/store/cadres.ts';
import { joined, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { looksLikeExport, readChatExport } from './chat-export.ts';
import { planExport } from './export-events.ts';
import { importGroups } from './import.ts';
import { whyNotKept } from './kept.ts';
import { readEventFile } from './read.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const morning = Date.parse('2026-09-01T08:00:00+08:00');

describe('chat exports', () => {
  it.each([
    [
      '留痕 (MemoTrace)',
      'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n1,2,1,0,0,1788220800,2,"大家早，\n今天",2026-09-01 08:00:00,,安然,wxid_ann\n2,2,10000,0,0,1788220801,2,安然撤回了一条消息,2026-09-01 08:00:01,,安然,wxid_ann\n3,2,3,0,0,1788220802,2,<msg/>,2026-09-01 08:00:02,,博文,wxid_bob\n',
    ],
    [
      'chatlog',
      '\ufeffTime,SenderName,Sender,TalkerName,Talker,Content\n2026-09-01 08:00:00,安然,wxid_ann,一班,1@chatroom,"大家早，\n今天"\n2026-09-01T08:00:02+08:00,博文,wxid_bob,一班,1@chatroom,"[图片]"\n',
    ],
    [
      '留痕 (MemoTrace) of WeChat 4',
      '\ufeff消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n1,文本,安然,2026-09-01 08:00:00,"大家早，\n今天",小安,anran,more\n2,系统消息,安然,2026-09-01 08:00:01,撤回了一条消息,,,more\n3,图片,博文,2026-09-01 08:00:02,,,bowen,more\n',
    ],
    [
      'PyWxDump',
      'id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime\n1,7,文本,0,安然,1@chatroom,"{""src"": """", ""msg"": ""大家早，\\n今天""}",2026-09-01 08:00:00\n2,8,图片,0,博文,1@chatroom,"{""src"": ""a.jpg"", ""msg"": ""图片""}",2026-09-01 08:00:02\n',
    ],
    [
      'a plain table',
      '时间\t发送人\t类型\t内容\n2026/9/1 8:00\t安然\t文本\t"大家早，\n今天"\n2026/9/1 8:00:02\t博文\t图片\t\n',
    ],
  ])('of %s are understood', (_, csv) => {
    const chat = readChatExport(bytes(csv));
    expect(chat.bad).toEqual([]);
    expect(chat.messages).toMatchObject([
      { at: morning, name: '安然', kind: 'text', text: '大家早，\n今天' },
      { at: morning + 2_000, name: '博文' },
    ]);
    expect(looksLikeExport('x.txt', csv)).toBe(true);
  });

  it('hold lines that nobody said, quotes, and money', () => {
    const chat = readChatExport(
      bytes(
        'Time,SenderName,Sender,TalkerName,Talker,Content\n2026-09-01 08:00:00,,系统消息,一班,1@chatroom,安然加入了群聊\n2026-09-01 08:00:01,安然,wxid_ann,一班,1@chatroom,"> 博文(wxid_bob) 08:00:00\n> 明天下午三点集合\n收到"\n2026-09-01 08:00:02,博文,,一班,1@chatroom,我在\n',
      ),
    );
    expect(chat.system).toBe(1);
    expect(chat.messages).toMatchObject([
      { sender: 'wxid_ann', text: '收到' },
      // The chat is nobody's id.
      { sender: '博文', text: '我在' },
    ]);
    const kinds = readChatExport(
      bytes(
        `时间,发送人,类型,内容\n${['引用', '带有引用的文本消息', '转账', '红包', '语音通话', '表情包']
          .map((kind, n) => `2026-09-01 08:00:0${n},安然,${kind},好`)
          .join('\n')}\n`,
      ),
    );
    expect(kinds.messages.map(({ kind }) => kind)).toEqual(['text', 'text', 'sticker', 'sticker', 'sticker']);
    expect(kinds.system).toBe(1);
  });

  it('in an old encoding are read, and lines that cannot be are named', () => {
    // “时间,发送人,内容” in GB18030.
    const header = Buffer.from('cab1bce42cb7a2cbcdc8cb2cc4dac8dd0a', 'hex');
    const row = Buffer.concat([
      Buffer.from('2026-09-01 08:00,'),
      Buffer.from('b0b2c8bb', 'hex'),
      Buffer.from(',hi\n??,x,y\n'),
    ]);
    const chat = readChatExport(Buffer.concat([header, row]));
    expect(chat).toMatchObject({
      encoding: 'GB18030',
      messages: [{ name: '安然' }],
      bad: [{ line: 3, why: '时间看不懂' }],
    });
  });

  it('whose columns are not known are refused in words, whatever they hold', () => {
    expect(() => readChatExport(bytes('a,b\n1,2\n'))).toThrow(
      expect.objectContaining({ forPerson: expect.stringContaining('现在的列是：a、b') }),
    );
    expect(looksLikeExport('events.jsonl', '{"id":"m1"}')).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (junk) => {
        try {
          for (const { at } of readChatExport(bytes(`时间,发送人,内容\n${junk}`)).messages)
            expect(Number.isSafeInteger(at)).toBe(true);
        } catch (fault) {
          expect(fault).toHaveProperty('forPerson');
        }
      }),
    );
  });
});

describeOnBoth('an export of a real group', (open) => {
  it('is counted for whom it is sure of, once, and leaves the two of one name apart', async () => {
    const database = await open();
    const { db } = database;
    const accountId = await ensureAccount(db, 'wechat', 'test');
    const now = Date.parse('2026-10-01T12:00:00+08:00');
    const { groupId, ids } = await database.transaction(async (tx) => {
      const made = await resolveGroup(tx, accountId, { id: '@@1', name: '一班' }, now);
      const people = await resolvePeople(
        tx,
        accountId,
        ['张晓', '赵一', '王伟', '王伟2'].map((name, n) => ({ id: `@${n}`, name: name.replace('2', '') })),
      );
      await joined(tx, made, [...people.values()], now);
      const { cadreId } = await createCadre(tx, {
        name: '张晓',
        unit: '团委',
        now,
        random: (count) => new Uint8Array(count),
        hash: (text) => text,
      });
      const cadre = people.get('@0') ?? 0;
      await tx.cadre.update({ where: { id: cadreId }, data: { personId: cadre } });
      await bind(tx, { groupId: made, cadreId, personId: cadre, at: now, eventKey: 'm:bind' });
      return { groupId: made, ids: people };
    });
    const csv = [
      '时间,发送人,wxid,类型,内容',
      '2026-09-01 08:00,张晓,w0,文本,大家早上好',
      '2026-09-01 08:10,赵一,w1,文本,老师早上好',
      '2026-09-01 08:11,王伟,w2,文本,今天食堂人多',
      '2026-09-01 08:12,王伟,w3,文本,图书馆也多',
      '2026-09-02 09:00,赵一,w1,文本,收到',
    ].join('\n');
    const run = async () => {
      const plan = await planExport(db, accountId, readChatExport(bytes(csv)), {});
      expect(plan).toMatchObject({ group: '一班', cadre: '张晓', messages: 5, known: 2, unknown: 2 });
      const reading = await readEventFile(plan.lines(), { refuse: whyNotKept });
      expect(reading.bad).toEqual([]);
      await importGroups(database, accountId, reading, now);
    };
    await run();
    const first = await db.presence.findMany();
    await run();
    expect(await db.presence.findMany()).toEqual(first);
    expect(first).toHaveLength(4);
    expect(new Set(first.map(({ groupId: group, day }) => `${group}/${day}`))).toEqual(
      new Set([`${groupId}/${dayOf(morning)}`]),
    );
    const known = first.map(({ personId }) => personId);
    expect(known).toEqual(expect.arrayContaining([ids.get('@0'), ids.get('@1')]));
    expect(known).not.toContain(ids.get('@2'));
    expect(await db.member.count({ where: { groupId, leftAt: null } })).toBe(4);
    await expect(
      planExport(db, accountId, readChatExport(bytes(csv.replaceAll('张晓', '某人'))), {}),
    ).rejects.toMatchObject({
      forPerson: expect.stringContaining('--cadre'),
    });
    await expect(
      planExport(db, accountId, readChatExport(bytes(csv)), { group: '二班' }),
    ).rejects.toMatchObject({
      forPerson: expect.stringContaining('一班'),
    });
  });
});
