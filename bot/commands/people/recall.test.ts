import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAccount } from '../../../prisma/store/accounts.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';
import { logIn, under } from '../testing-logins.ts';

const youths = ['小马', '赵一', '曹三', '李四', '王五'];

describe('on a platform whose ids change with each login', () => {
  let stage: Stage;
  let group: StageGroup;
  beforeEach(async () => {
    stage = await openStage();
    group = await login('A', '一班');
  });
  afterEach(() => stage.database.close());

  const login = (name: string, room: string, marks: Readonly<Record<string, string>> = {}) =>
    logIn(stage, name, room, ['李老师', ...youths], marks);
  const who = (called: string, name: string, here?: StageGroup): Promise<Actor> =>
    under(stage, name, called, here);
  const lead = async () => {
    const cadre = await who('李老师', 'A', group);
    await cadre.says(`/绑定 ${await stage.code('李老师')}`);
    await stage.database.db.person.update({ where: { id: cadre.id }, data: { mark: 'K3X9' } });
    return cadre;
  };

  it('no name shows what somebody asked for; the word that they were given does, once', async () => {
    await lead();
    const asker = await who('小马', 'A', group);
    // Not before everybody, and not twice.
    expect((await asker.says('/诉求 食堂排队太久')).text).not.toContain('口令');
    const told = (await asker.whispers('/诉求 我交不起学费')).text;
    const word = /口令 ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(told)?.[1] ?? '';
    expect(word).not.toBe('');
    expect((await asker.whispers('/诉求 空调坏了')).text).not.toContain('口令');
    expect((await asker.whispers('/我的')).text).toContain('学费');

    const later = await login('B', '一班', { 李老师: 'K3X9' });
    expect(later.id).toBe(group.id);
    const same = await who('小马', 'B', later);
    const lost = (await same.whispers('/我的诉求')).text;
    expect(lost).not.toContain('学费');
    expect(lost).toContain('/我的 找回');
    const cadre = await who('李老师', 'B', later);
    const shown = await cadre.whispers('/问题清单 答复 2 学费可以缓交');
    // The answer waits for its owner, and does not go to whoever bears the name.
    expect(shown.to(same).text).toBe('');
    const { askerId } = await stage.database.db.demand.findFirstOrThrow({ where: { number: 2 } });
    expect(shown.all.map(({ to }) => to)).toContainEqual({ personId: askerId });

    expect((await same.whispers('/我的 找回 AAAA-AAAA')).text).toContain('口令不对');
    const back = await same.whispers(`/我的 找回 ${word.toLowerCase()}`);
    expect(back.text).toContain('找回来了');
    expect((await same.whispers('/我的')).text).toContain('学费');
    const other = await who('赵一', 'B', later);
    expect((await other.whispers(`/我的 找回 ${word}`)).text).toContain('已经用过');
    expect((await other.whispers('/我的')).text).not.toContain('学费');
  });

  it('a word of one account opens nothing on another', async () => {
    await lead();
    const asker = await who('小马', 'A', group);
    const told = (await asker.whispers('/诉求 我交不起学费')).text;
    const word = /口令 ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(told)?.[1] ?? '';
    await login('B', '一班', { 李老师: 'K3X9' });
    const here = stage.accountId;
    stage.accountId = await ensureAccount(stage.database.db, 'another', 'bot');
    const other = await stage.person('小马', await stage.group('一班'));
    expect((await other.whispers(`/我的 找回 ${word}`)).text).toContain('口令不对');
    expect((await other.whispers('/我的')).text).not.toContain('学费');
    stage.accountId = here;
    const same = await who('小马', 'B', group);
    expect((await same.whispers(`/我的 找回 ${word}`)).text).toContain('找回来了');
  });

  it('guessing words ends after five', async () => {
    const guesser = await who('赵一', 'A', group);
    for (const n of [1, 2, 3, 4, 5]) await guesser.whispers(`/我的 找回 AAAA-AAA${n}`);
    expect((await guesser.whispers('/我的 找回 AAAA-AAA6')).text).toContain('过一小时再试');
  });

  it('a group that is another cadre’s, not known again yet, is not taken with a bare 绑定', async () => {
    await lead();
    const apart = await login('B', '一班');
    expect(apart.id).not.toBe(group.id);
    const other = await who('王老师', 'B', apart);
    stage.now -= 48 * 3_600_000;
    const code = await stage.code('王老师');
    await other.whispers(`/绑定 ${code}`);
    stage.now += 48 * 3_600_000;
    const youth = await who('赵一', 'B', apart);
    await stage.database.db.presence.create({
      data: { groupId: apart.id, day: 1, personId: youth.id, slots: 1n },
    });
    expect((await other.says('/绑定')).text).toContain('可能是别的团干部联系的');
    expect(await stage.database.db.presence.count()).toBe(1);
    expect(await stage.database.db.binding.count({ where: { groupId: apart.id } })).toBe(0);
    // The unit's administrator has given a code for it: that is a handover.
    expect((await other.says(`/绑定 ${await stage.code('王老师')}`)).text).toContain('绑定好了');
  });
});
