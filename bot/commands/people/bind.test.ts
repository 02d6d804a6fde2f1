import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { ensureAccount } from '../../../prisma/store/accounts.ts';
import { brokenLink } from '../../../prisma/store/audit.ts';
import { cadreOfGroup, groupsLedBy } from '../../../prisma/store/cadres.ts';
import { openStage, type Stage, type StageGroup } from '../testing.ts';

describe('/绑定', () => {
  let stage: Stage;
  let group: StageGroup;
  beforeEach(async () => {
    stage = await openStage();
    group = await stage.group('一班');
  });
  afterEach(() => stage.database.close());

  const present = (day = dayOf(stage.now)) => cadreOfGroup(stage.database.db, group.id, day);

  it('proves the person and binds the group at once, with the code in any spelling', async () => {
    const cadre = await stage.person('李老师', group);
    const code = await stage.code('李老师', '信息工程学院委员会');
    const said = await cadre.says(`@联青 ／绑定 ${code.toLowerCase().replace('-', ' ')}`);
    expect(said.text).toContain('从现在开始，由信息工程学院委员会 李老师联系本群');
    expect(said.all).toHaveLength(1);
    expect(said.all[0]).toMatchObject({ kind: 'reply', to: { groupId: group.id }, quote: 'event-1' });
    expect(await present()).toMatchObject({ personId: cadre.id, name: '李老师' });
    const [binding] = await stage.database.db.binding.findMany();
    expect(binding).toMatchObject({ eventKey: 'm:event-1', at: new Date(stage.now) });
  });

  it('takes the time of the event, not of the work', async () => {
    const cadre = await stage.person('李老师', group);
    const at = stage.now - 3_600_000;
    await cadre.says(`/绑定 ${await stage.code('李老师')}`, { at });
    expect((await stage.database.db.binding.findFirst())?.at.getTime()).toBe(at);
  });

  it('proves the person privately; then a word in the group binds it', async () => {
    const cadre = await stage.person('李老师', group);
    const code = await stage.code('李老师');
    expect((await cadre.says('/绑定')).text).toContain('请发 /绑定 加上团组织给您的一次性绑定码');
    expect((await cadre.whispers(`/绑定 ${code}`)).text).toContain('认证好了');
    expect(await present()).toBeUndefined();
    expect((await cadre.whispers('/绑定')).text).toContain('请到自己的群里发 /绑定');
    expect((await cadre.says('/绑定')).text).toContain('绑定好了');
    expect((await cadre.says('/绑定')).text).toContain('已经由您联系了');
    expect(await stage.database.db.binding.count()).toBe(1);
  });

  it('takes a code once, for seven days, and only the newest one', async () => {
    const [one, other] = [await stage.person('甲', group), await stage.person('乙', group)];
    const old = await stage.code('李老师');
    const code = await stage.code('李老师');
    expect((await one.whispers(`/绑定 ${old}`)).text).toContain('不对，或者已经用过、过期');
    expect((await one.whispers(`/绑定 ${code}`)).text).toContain('认证好了');
    expect((await other.whispers(`/绑定 ${code}`)).text).toContain('已经用过');
    const late = await stage.code('王老师');
    stage.now += 7 * dayMs;
    expect((await other.whispers(`/绑定 ${late}`)).text).toContain('过期');
  });

  it('stops guessing: five wrong codes an hour, then even the right one', async () => {
    const guesser = await stage.person('甲', group);
    const code = await stage.code('李老师');
    for (const wrong of ['1', '2', '3', '4', '5'])
      expect((await guesser.whispers(`/绑定 AAAA-AAA${wrong}`)).text).toContain('不对');
    expect((await guesser.whispers(`/绑定 ${code}`)).text).toContain('过一小时再试');
    stage.now += 3_600_000;
    expect((await guesser.whispers(`/绑定 ${code}`)).text).toContain('认证好了');
  });

  it('keeps no code, only its hash', async () => {
    const code = (await stage.code('李老师')).replace('-', '');
    const rows = await stage.database.db.bindingCode.findMany();
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('hands a group over after a yes, from the next day on', async () => {
    const first = await stage.cadre('李老师', group);
    const second = await stage.person('王老师', group);
    await second.says(`/绑定 ${await stage.code('王老师', '团委')}`);
    expect(stage.bot.text).toContain('本群现在由 李老师 联系');
    expect(await stage.database.db.binding.count()).toBe(1);
    await second.says('是');
    expect(stage.bot.in(group.id).text).toContain('从明天 0 点起，由团委 王老师联系本群。到时可以发 /亮身份');
    expect(stage.bot.to(first).text).toContain('“一班”');
    expect(await present()).toMatchObject({ personId: first.id });
    expect(await present(dayOf(stage.now) + 1)).toMatchObject({ personId: second.id });
    expect((await second.says('/亮身份')).text).toContain('从明天起生效');
    expect((await second.says('/绑定')).text).toContain('从明天 0 点起生效。到时可以发 /亮身份');
    expect((await second.whispers('/进度')).text).toBe('您已接手“一班”，从明天 0 点起生效。');
    expect((await first.whispers('/进度 文字')).text).toContain('一班的进度');
    stage.now += dayMs;
    expect((await second.says('/绑定')).text).toContain('已经由您联系了。接下来可以发');
    expect((await first.whispers('/进度')).text).toBe(
      '您现在没有联系中的群。要联系一个群，请在那个群里发 /绑定。',
    );
    expect((await second.says('/亮身份')).text).toContain('共青团团委 王老师');
    expect((await first.says('/亮身份')).text).toContain('是本群团干部用的');
  });

  it('tells the new cadre on the first morning what is still open, at midnight if it may be urgent', async () => {
    await stage.cadre('李老师', group);
    const youth = await stage.person('小明', group);
    await youth.says('/诉求 路灯坏了');
    const second = await stage.person('王老师', group);
    await second.says(`/绑定 ${await stage.code('王老师')}`);
    await second.says('是');
    const midnight = startOfDay(dayOf(stage.now) + 1);
    const [told] = stage.bot.to(second).all;
    expect(told).toMatchObject({ notBefore: midnight + 8 * 3_600_000 });
    expect(stage.bot.to(second).text).toContain('您接手了“一班”\n交接时还有 1 件诉求没办结。发 /问题清单');

    stage.now = midnight + 9 * 3_600_000;
    await youth.whispers('/诉求 我不想活了');
    const third = await stage.person('赵老师', group);
    await third.says(`/绑定 ${await stage.code('赵老师')}`);
    await third.says('是');
    expect(stage.bot.to(third).all).toMatchObject([{ notBefore: midnight + dayMs }]);
    expect(stage.bot.to(third).text).toContain('还有 2 件诉求没办结。其中 1 件可能很急，请马上联系本人。');
    expect(stage.bot.to(third).text).not.toContain('不想活');
  });

  it('does not hand over on a no, nor without a fresh code, nor when others say yes', async () => {
    const first = await stage.cadre('李老师', group);
    const second = await stage.person('王老师', group);
    await second.says(`/绑定 ${await stage.code('王老师')}`);
    expect((await first.says('是')).all).toEqual([]);
    await second.says('否');
    expect(stage.bot.text).toContain('什么都没变');
    expect((await second.says('/是')).text).toContain('没有等您确认的事');
    stage.now += 25 * 3_600_000;
    expect((await second.says('/绑定')).text).toContain('本群已有团干部。要接手');
    expect(await stage.database.db.binding.count()).toBe(1);
  });

  it('moves a cadre to another account, and tells the old one', async () => {
    const old = await stage.cadre('李老师', group);
    const fresh = await stage.person('李老师新号', group);
    await fresh.says(`/绑定 ${await stage.code('李老师')}`);
    expect(stage.bot.in(group.id).text).toMatch(/从明天 0 点起.*接下来可以发 \/亮身份/);
    expect(stage.bot.to(old).text).toContain('已换到另一个账号');
    expect((await old.says('/亮身份')).text).toContain('是本群团干部用的');
    expect((await fresh.says('/亮身份')).text).toContain('李老师');
    expect(await groupsLedBy(stage.database.db, fresh.id, dayOf(stage.now))).toHaveLength(1);
  });

  it('moves a cadre to an account of another platform, joining nobody: who they were there stays as they were', async () => {
    const { db } = stage.database;
    const old = await stage.cadre('李老师', group);
    // Nobody is known to be them under a later login: on the same account they would be taken for one person.
    const here = await db.account.update({ where: { id: stage.accountId }, data: { login: 'B' } });
    const code = await stage.code('李老师');
    stage.accountId = await ensureAccount(db, 'another', 'bot');
    const fresh = await stage.person('李老师');
    expect((await fresh.whispers(`/绑定 ${code}`)).to(fresh).text).toContain('认证好了');
    expect(stage.bot.to(old).text).toContain('已换到另一个账号');
    expect(await db.cadre.findFirst()).toMatchObject({ personId: fresh.id });
    expect(await db.person.findUnique({ where: { id: old.id } })).toMatchObject({ accountId: here.id });
    expect(await db.personAlias.findFirst({ where: { personId: old.id } })).not.toBeNull();
    expect(await db.formerPerson.count()).toBe(0);
    // A code opens once, wherever.
    stage.accountId = here.id;
    expect((await old.whispers(`/绑定 ${code}`)).text).toContain('已经用过');
  });

  it('lets one account be one cadre', async () => {
    const cadre = await stage.cadre('李老师', group);
    await cadre.whispers(`/绑定 ${await stage.code('王老师')}`);
    expect(stage.bot.text).toContain('一个账号只能对应一位');
  });

  it('answers anything that is no code', async () => {
    const youth = await stage.person('小明', group);
    for (const typed of ['12345', 'ABCD-12345', '@所有人', '\u202eABCD1234x', 'x'.repeat(1_000_000)])
      expect((await youth.says(`/绑定 ${typed}`)).text).toContain('绑定码是 8 位字母和数字');
  });

  it('writes who did what into the audit log, without names', async () => {
    await stage.cadre('李老师', group);
    const rows = await stage.database.db.audit.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ action }) => action)).toEqual(['begin', 'cadre.prove', 'group.bind']);
    expect(JSON.stringify(rows)).not.toContain('李老师');
    expect(await brokenLink(stage.database.db, stage.secret.hash)).toBeUndefined();
  });
});

describe('after a restart', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lianqing-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('a binding and a waiting question are still there', async () => {
    const stage = await openStage({ url: `file:${join(folder, 'test.db')}` });
    const group = await stage.group('一班');
    const first = await stage.cadre('李老师', group);
    const second = await stage.person('王老师', group);
    await second.says(`/绑定 ${await stage.code('王老师')}`);
    await stage.restart();
    expect((await first.says('/亮身份')).text).toContain('李老师');
    expect((await second.says('确认')).text).toContain('绑定好了');
    await stage.database.close();
  });
});
