import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { addPiece, removePiece } from '../../../prisma/store/shelf.ts';
import { render } from '../../render/render.ts';
import { cadre, group, stage } from '../scene.ts';
import { lectures } from './lectures.ts';

const link = '/推送 链接 https://example.com/film 一部纪录片 看完想去修文物';

describe('/推送 链接', () => {
  it('shows what the group would see, and posts it after the yes in the cadre’s name', async () => {
    await cadre.whispers(link);
    expect(stage.bot.in(group.id).all).toEqual([]);
    expect(stage.bot.text).toContain('“一部纪录片”\n看完想去修文物\nhttps://example.com/film');
    await cadre.presses('是');
    expect(stage.bot.in(group.id).text).toBe(
      '推荐｜一部纪录片\n李老师：看完想去修文物\nhttps://example.com/film',
    );
    expect(stage.bot.to(cadre).text).toContain('已推送到“一班”');
  });

  it('says that the week has had its piece, and leaves it to the cadre', async () => {
    await cadre.whispers(link);
    await cadre.whispers('是');
    stage.now += dayMs;
    await cadre.whispers('/推送 链接 https://example.com/2 另一部 也好看');
    expect(stage.bot.text).toContain('这周已经推过“一部纪录片”');
    expect((await cadre.whispers('否')).text).toContain('没有办');
    // Monday is a new week.
    stage.now += 4 * dayMs;
    await cadre.whispers('/推送 链接 https://example.com/2 另一部 也好看');
    expect(stage.bot.text).not.toContain('这周已经推过');
    expect(await stage.database.db.push.count()).toBe(1);
  });

  it.each([
    ['/推送 链接 一部纪录片 好看', '请写上以 http 开头的链接'],
    ['/推送 链接 https://example.com/film', '还缺标题'],
    ['/推送 链接 https://example.com/film 一部纪录片', '还缺您自己的一句话'],
    ['/推送 链接 https://bank.com:pw＠evil.example/ 好消息 快看', '不像能打开的网址'],
    ['/推送 链接 http://localhost/admin 好消息 快看', '不像能打开的网址'],
    [`/推送 链接 https://example.com/ 题 ${'长'.repeat(101)}`, '收到 100 字以内'],
  ])('answers what is no piece: %s', async (typed, answer) => {
    expect((await cadre.whispers(typed)).text).toContain(answer);
    expect(await stage.database.db.confirmation.count({ where: { chat: 'private' } })).toBe(0);
  });
});

describe('the shelf', () => {
  it('is seen by cadres, and a piece goes into the group with a line of their own', async () => {
    const { db } = stage.database;
    expect((await cadre.whispers('/推送')).text).toContain('书架上还没有东西');
    const { unitId } = await db.cadre.findFirstOrThrow();
    await addPiece(db, { unitId, title: '短片', line: '十分钟', url: 'https://example.com/s' }, stage.now);
    const file = Buffer.from('一页纸').toString('base64');
    await addPiece(db, { unitId, title: '读书单', line: '二十本', fileName: '书单.txt', file }, stage.now);
    expect((await cadre.whispers('/推送 书架')).text).toContain('2. 读书单（文件）：二十本\n1. 短片：十分钟');
    await cadre.whispers('/推送 选 1');
    expect((await cadre.whispers('是')).in(group.id).text).toContain('李老师：十分钟\nhttps://example.com/s');
    stage.now += 7 * dayMs;
    await cadre.whispers('/推送 选 2 @所有人 我最喜欢第三本');
    expect(stage.bot.text).toContain('文件：书单.txt');
    const said = (await cadre.whispers('是')).in(group.id).all;
    expect(said.map(({ key }) => key)).toEqual(['push/2/0', 'push/2/1']);
    expect(said[0]?.draft).toMatchObject({ text: '李老师：＠所有人 我最喜欢第三本' });
    const [, sent] = said;
    const content = sent && (await render(sent.draft, undefined));
    expect(content?.type === 'file' && Buffer.from(content.bytes).toString()).toBe('一页纸');
    await removePiece(db, 1, unitId, stage.now);
    expect((await cadre.whispers('/推送 选 1')).text).toContain('没有 1 号');
  });
});

describe('/推送 团课', () => {
  it('lists outlines and shows one, privately', async () => {
    expect(lectures.length).toBeGreaterThanOrEqual(5);
    await cadre.whispers('/推送 团课');
    for (const { title } of lectures) expect(stage.bot.text).toContain(title);
    expect((await cadre.whispers('/推送 团课 3')).text).toContain('一二九');
    expect((await cadre.whispers('/推送 团课 99')).text).toContain('没有第 99 份');
    for (const { text } of lectures) expect(text).toContain('讲之前请核对');
  });
});
