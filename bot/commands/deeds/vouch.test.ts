import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import type { Actor } from '../testing.ts';

let other: Actor;
beforeEach(async () => {
  other = await stage.person('小红', group);
});

const record = async (words: string) => {
  await cadre.whispers(`/记 ${words}`);
  await cadre.whispers('是');
  await cadre.whispers('/记 印证 1');
  return /印证码：(\S{9})/.exec(stage.bot.text)?.[1] ?? '';
};
const grade = async () => (await stage.database.db.deed.findFirst())?.grade;

describe('/印证', () => {
  it('shows what it is about, and counts after the yes; the cadre learns a number alone', async () => {
    const code = await record('走访 昨天 电气系宿舍');
    await youth.whispers(`/印证 ${code}`);
    expect(stage.bot.text).toContain('李老师记了一次9月1日（周二）的走访：电气系宿舍');
    expect(await grade()).toBe('stated');
    await youth.whispers('是');
    expect(stage.bot.all).toHaveLength(1);
    expect(stage.bot.text).toContain('印证好了');
    expect(await grade()).toBe('verified');
    await other.whispers(`/印证 ${code}`);
    await other.whispers('是');
    expect((await cadre.whispers('/记 查看 1')).text).toContain('佐证：有印证（2 人印证）');
    expect(stage.bot.text).not.toMatch(/小明|小红/);
  });

  it('of a talk works once, says kind and day alone, and nothing follows from a no', async () => {
    const code = await record('谈心谈话 昨天 和小明谈失恋');
    await youth.whispers(`/印证 ${code}`);
    expect(stage.bot.text).not.toMatch(/失恋|小明谈/);
    expect((await youth.whispers('否')).text).toContain('什么都没变');
    expect(await grade()).toBe('stated');
    await youth.whispers(`/印证 ${code}`);
    await youth.whispers('是');
    expect(await grade()).toBe('verified');
    expect((await other.whispers(`/印证 ${code}`)).text).toContain('已经用过');
  });

  it('is not the cadre’s own, not late, not guessed, and not in a group', async () => {
    const code = await record('走访 昨天 电气系宿舍');
    expect((await cadre.whispers(`/印证 ${code}`)).text).toContain('要由参加的人来印证');
    expect((await youth.says(`/印证 ${code}`)).text).toContain('请私聊我发');
    for (let i = 0; i < 5; i++) expect((await youth.whispers(`/印证 AAAA-AAA${i}`)).text).toContain('不对');
    expect((await youth.whispers(`/印证 ${code}`)).text).toContain('过一小时再试');
    stage.now += 7 * dayMs;
    expect((await other.whispers(`/印证 ${code}`)).text).toContain('过期');
    expect(await grade()).toBe('stated');
  });

  it('can be looked at and taken back', async () => {
    const code = await record('走访 昨天 电气系宿舍');
    expect((await youth.whispers('/印证 列表')).text).toContain('还没有印证过');
    await youth.whispers(`/印证 ${code}`);
    await youth.whispers('是');
    expect((await youth.whispers('/印证 列表')).text).toContain('1　9月1日（周二）　走访　李老师');
    expect((await other.whispers('/印证 收回 1')).text).toContain('没有这个序号');
    expect((await youth.whispers('/印证 收回 1')).text).toContain('收回了');
    expect(await grade()).toBe('stated');
  });

  it('was of the record as it stood: a correction ends it', async () => {
    const code = await record('走访 昨天 电气系宿舍');
    await youth.whispers(`/印证 ${code}`);
    await youth.whispers('是');
    await cadre.whispers('/记 更正 1 人数 200');
    expect(await grade()).toBe('stated');
    expect((await other.whispers(`/印证 ${code}`)).text).toContain('不对');
  });
});
