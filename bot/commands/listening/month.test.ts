import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, openStage, type Stage, type StageGroup } from '../testing.ts';

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
let youth: Actor;
beforeEach(async () => {
  stage = await openStage({ at: '2026-09-02T15:00:00+08:00' });
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('王小明', group);
  await youth.whispers('/诉求 三号楼的热水晚上十点就停了');
  await cadre.whispers('/问题清单 办结 1 已经报修');
});
afterEach(() => stage.database.close());

const october = () => {
  stage.now = Date.parse('2026-10-09T10:00:00+08:00');
};

describe('/问题清单 公开说明', () => {
  it('is the cadre’s own line: not the asker’s words, no name, nothing of a cry for help', async () => {
    const note = (text: string) => cadre.whispers(`/问题清单 公开说明 1 ${text}`);
    expect((await note('三号楼热水晚上十点就停了')).text).toContain('像是对方的原话');
    expect((await note('王小明说的事办好了')).text).toContain('好像有人名');
    expect((await note('报修电话13812345678')).text).toContain('好像有人名、电话');
    expect((await note('浴室供水延长到 23:00')).text).toContain('记下了');
    expect((await note('不公开')).text).toContain('去掉了');
    await youth.whispers('/诉求 我不想活了');
    expect((await cadre.whispers('/问题清单 公开说明 2 办好了')).text).toContain('涉及人身安全');
    expect((await youth.whispers('/问题清单 公开说明 1 好')).text).toContain('团干部用的');
  });

  it('goes with what is withdrawn', async () => {
    await cadre.whispers('/问题清单 公开说明 1 浴室供水延长到 23:00');
    await youth.whispers('/我的 撤回 1');
    expect((await stage.database.db.demand.findFirst())?.publicNote).toBeNull();
    expect((await cadre.whispers('/问题清单 公开说明 1 供水好了')).text).toContain('已经撤回');
  });
});

describe('/问题清单 你说我办', () => {
  it('is shown to the cadre, and reaches the group at their yes, once', async () => {
    await cadre.whispers('/问题清单 公开说明 1 浴室供水延长到 23:00');
    october();
    const shown = await cadre.whispers('/问题清单 你说我办');
    expect(shown.in(group.id).all).toEqual([]);
    expect(shown.text).toContain(
      '你说我办｜2026年9月\n你说的：收到 1 件。\n我办的：答复了 1 件。\n· 浴室供水延长到 23:00',
    );
    expect((await cadre.presses('发到群里')).text).toContain('这张卡片发到“一班”吗');
    const posted = (await cadre.presses('发')).in(group.id);
    expect(posted.all).toHaveLength(1);
    expect(posted.text).not.toMatch(/小明|三号楼|十点/);
    const { accountId } = stage;
    await stage.database.db.outbox.create({
      data: {
        accountId,
        key: `month/${group.id}/2026-09`,
        kind: 'post',
        groupId: group.id,
        createdAt: new Date(stage.now),
        notBefore: new Date(stage.now),
        state: 'sent',
      },
    });
    expect((await cadre.whispers('/问题清单 你说我办 发布')).text).toContain('已经发过了，一个月一次');
  });

  it('tells the cadre which entries have no line of their own, and the group not', async () => {
    october();
    expect((await cadre.whispers('/问题清单 你说我办')).text).toContain('第 1 号办了，还没有公开说明');
    await cadre.presses('发到群里');
    const posted = (await cadre.whispers('是')).in(group.id);
    expect(posted.text).not.toContain('第 1 号');
    expect(JSON.stringify(posted.all)).toContain('"without":[]');
  });

  it('is of last month alone', async () => {
    stage.now = Date.parse('2026-11-09T10:00:00+08:00');
    expect((await cadre.whispers('/问题清单 你说我办')).text).toContain('2026年10月没有收到诉求');
    expect((await cadre.says('/问题清单 你说我办')).text).toContain('私聊');
  });
});
