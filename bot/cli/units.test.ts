/** Units, their administrators and cadres. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../domain/calendar/day.ts';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { openDatabase } from '../../prisma/database.ts';
import { expectSentence, file, folder, inFolders, lianqing, withSettings } from './testing.ts';

inFolders();

describe('cadre add', () => {
  it('prints a code, and a new one the second time', async () => {
    const first = await lianqing('cadre', 'add', '张晓', '--unit', '学院团委');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const code = /绑定码：([0-9A-Z]{4}-[0-9A-Z]{4})\n/.exec(first.stdout)?.[1];
    expect(code).toBeDefined();
    const second = await lianqing('cadre', 'add', '张晓', '--unit=学院团委');
    expect(second.stdout).toContain('已经登记过');
    expect(second.stdout).not.toContain(code);
    expect(statSync(join(folder, 'data', 'secret.key')).mode & 0o777).toBe(0o600);
    expectSentence(await lianqing('cadre', 'add', ' ', '--unit', '学院团委'), '请写明姓名和团组织');
  });

  it('says until when, also by a sandbox’s clock that was moved', async () => {
    const untilIn = async (env: Record<string, string> = {}) => {
      const { stdout } = await withSettings(env, 'cadre', 'add', '张晓', '--unit', '学院团委');
      const database = await openDatabase(`file:${join(folder, 'data', 'lianqing.db')}`);
      const { expiresAt } = await database.db.bindingCode.findFirstOrThrow({ orderBy: { id: 'desc' } });
      await database.close();
      expect(stdout).toContain(`${formatDateTime(expiresAt.getTime(), Date.now())}（北京时间`);
      return { stdout, inDays: Math.round((expiresAt.getTime() - Date.now()) / dayMs) };
    };
    const plain = await untilIn();
    expect(plain.inDays).toBe(7);
    expect(plain.stdout).not.toContain('沙盒');
    file('data/clock.json', JSON.stringify({ offsetMs: 400 * dayMs }));
    const moved = await untilIn();
    expect(moved.inDays).toBe(407);
    expect(moved.stdout).toMatch(/，按沙盒的时钟）.*\n沙盒的时钟拨到了 20/);
    // With Feishu the sandbox's clock is nobody's.
    const real = await untilIn({ FEISHU_APP_ID: `cli_${'a'.repeat(16)}`, FEISHU_APP_SECRET: 'x' });
    expect(real.inDays).toBe(7);
  });

  it('does not go on with half a key', async () => {
    mkdirSync(join(folder, 'data'));
    file('data/secret.key', 'abc');
    expectSentence(
      await lianqing('cadre', 'add', '张晓', '--unit', '学院团委'),
      /^密钥文件 .*secret\.key 不完整/,
    );
  });
});

describe('operator', { timeout: 150_000 }, () => {
  it('is added with a code, listed, and removed', async () => {
    expect((await lianqing('operator', 'list')).stdout).toContain('还没有登记运维人员');
    const added = await lianqing('operator', 'add', '李工');
    expect(added.stdout).toMatch(
      /^已登记运维人员：李工\n绑定码：[0-9A-Z]{4}-[0-9A-Z]{4}\n.*在飞书上（不是微信）私聊机器人发 \/绑定/,
    );
    expect((await lianqing('operator', 'add', '李工')).stdout).toContain('旧码作废');
    expect((await lianqing('operator', 'list')).stdout).toBe('李工　未认证\n');
    expectSentence(await lianqing('operator', 'remove', '王工'), '没有登记过运维人员 王工');
    expect((await lianqing('operator', 'remove', '李工')).stdout).toContain('已取消运维人员：李工');
    expect((await lianqing('operator', 'list')).stdout).toContain('还没有登记');
  });
});

describe('unit, admin and cadre', { timeout: 150_000 }, () => {
  it('build a tree with its cadres, and say what does not fit', async () => {
    expect((await lianqing('unit', 'add', '校团委')).stdout).toBe('已登记：校团委\n');
    expect((await lianqing('unit', 'add', '学院团委', '--under', '校团委')).stdout).toContain(
      '校团委 → 学院团委',
    );
    expectSentence(await lianqing('unit', 'add', '学院团委'), '已经登记过了');
    expectSentence(await lianqing('unit', 'add', '社团', '--under', '没有的'), '没有登记过“没有的”');
    expectSentence(
      await lianqing('unit', 'move', '校团委', '--under', '学院团委'),
      '不能移到自己或自己的下级之下',
    );
    expect((await lianqing('unit', 'profile', '校团委', 'chuzhou')).code).toBe(0);
    expectSentence(await lianqing('unit', 'profile', '校团委', 'Chu Zhou'), '没有“Chu Zhou”这份制度');
    expect((await lianqing('unit', 'evidence', '校团委')).stdout).toBe('校团委：各级佐证的记录都算数\n');
    expect((await lianqing('unit', 'evidence', '校团委', '有照片或文件')).stdout).toContain('仅口述的不算');
    expectSentence(await lianqing('unit', 'evidence', '学院团委', '仅口述'), '不能放宽');
    expectSentence(await lianqing('unit', 'evidence', '学院团委', '手印'), '佐证只能写 有印证、');
    expect((await lianqing('unit', 'evidence', '校团委', '随上级')).stdout).toContain('都算数');
    const adjust = ['unit', 'adjust', '学院团委', 'lecture', '--set', 'atLeast=3'];
    expectSentence(await lianqing(...adjust), '属于层层加码');
    expect((await lianqing(...adjust, '--reason', '团课质量年')).stdout).toContain('理由：团课质量年');
    expectSentence(
      await lianqing('unit', 'semester', '校团委', '2026-autumn', '2026-02-30', '2027-01-17'),
      '不是日期',
    );
    expectSentence(
      await lianqing('unit', 'semester', '校团委', '2026-summer', '2026-08-24', '2027-01-17'),
      '学期写成',
    );
    expect(
      (await lianqing('unit', 'semester', '校团委', '2026-autumn', '2026-08-24', '2027-01-17')).code,
    ).toBe(0);
    expect((await lianqing('unit', 'list')).stdout).toBe(
      '校团委　制度：chuzhou，2026-autumn 2026-08-24 至 2027-01-17\n　学院团委　制度：chuzhou（随上级）\n',
    );
    const admin = await lianqing('admin', 'add', '王敏', '--unit', '校团委');
    expect(admin.stdout).toMatch(/已登记管理员：校团委 王敏\n绑定码：[0-9A-Z]{4}-[0-9A-Z]{4}\n/);
    expectSentence(
      await lianqing('cadre', 'add', '张晓', '--unit', '学院团委', '--kind', '兼职'),
      '类别只能是专职',
    );
    expect((await lianqing('cadre', 'add', '张晓', '--unit', '学院团委', '--kind', '挂职')).code).toBe(0);
    // A slip is no new unit, spaces make none, and nothing is changed by looking.
    expectSentence(await lianqing('cadre', 'add', '李明', '--unit', '学院团萎'), '是不是“学院团委”？');
    expect((await lianqing('cadre', 'add', '李明', '--unit', ' 学院 团委')).stdout).toContain(
      '已登记：学院团委 李明',
    );
    expect((await lianqing('unit', 'profile', '校团委')).stdout).toContain('chuzhou　滁州学院（本级选的）');
    expect((await lianqing('unit', 'profile', '校团委')).stdout).toContain('本级选的');
    expectSentence(
      await lianqing('unit', 'adjust', '校团委', '有声音', '--set', 'atLeast=2'),
      /不问几次.*依据：《/,
    );
    expectSentence(await lianqing('unit', 'adjust', '校团委', '开会', '--set', 'atLeast=2'), '列出能调的');
    const often = ['unit', 'adjust', '校团委', 'problem-list', '--period'];
    expectSentence(await lianqing(...often, '周'), '--period 只能写 月、季度、半年、学期、年');
    expect((await lianqing(...often, '每学期')).stdout).toBe(
      '校团委（滁州学院）：problem-list　定期梳理问题清单　必须　atLeast=1　每学期\n',
    );
    const set = ['cadre', 'set', '张晓', '--unit', '学院团委'];
    expectSentence(await lianqing(...set), '要改什么');
    expect((await lianqing(...set, '--branch', '计科2班团支部', '--club', '摄影社')).stdout).toBe(
      '学院团委 张晓　挂职　团支部：计科2班团支部　社团：摄影社　未认证\n',
    );
    expectSentence(await lianqing(...set, '--until', '2027-02-28'), '没有豁免，就没有起止的日子');
    const away = [...set, '--exempt', '休产假', '--from', '2026-03-01', '--until'];
    expectSentence(await lianqing(...away, '2026-02-01'), '不能早于第一天');
    expect((await lianqing(...away, '2199-08-31')).stdout).toContain(
      '豁免：休产假人员（2026-03-01 起，2199-08-31 止）',
    );
    expect((await lianqing(...set, '--exempt', '否')).stdout).toMatch(
      /豁免：休产假人员（2026-03-01 起，20\d\d-\d\d-\d\d 止）/,
    );
    expectSentence(await lianqing('unit', 'youths', '学院团委', '许多'), '请写 多、不多、随上级');
    expect((await lianqing('unit', 'youths', '学院团委', '不多')).stdout).toContain('不少于 10 名');
    expectSentence(await lianqing(...set, '--organ', '可能'), '--organ 请写“是”或“否”');
    expect((await lianqing(...set, '--organ', '是')).stdout).toContain('张晓　挂职　机关干部　团支部');
    expect((await lianqing(...set, '--organ', '否')).stdout).toContain('张晓　挂职　团支部');
    expect((await lianqing('cadre', 'list', '--unit', '校团委')).stdout).toContain('学院团委 张晓　挂职');
  });
});
