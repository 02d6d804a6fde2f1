import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeOperator } from '../../../prisma/store/operators.ts';
import { openStage, type Stage, type StageGroup } from '../testing.ts';

describe('an operator', () => {
  let stage: Stage;
  let group: StageGroup;
  beforeEach(async () => {
    stage = await openStage();
    group = await stage.group('一班');
  });
  afterEach(() => stage.database.close());

  it('proves privately who they are, and is neither a cadre nor an administrator by it', async () => {
    const operator = await stage.person('李工', group);
    const code = await stage.operatorCode('李工');
    expect((await operator.whispers(`/绑定 ${code}`)).text).toContain('我会在这里私下告诉您');
    expect(await stage.database.db.operator.findFirst()).toMatchObject({ personId: operator.id });
    expect((await operator.whispers('/本单位')).text).toContain('团组织管理员用的');
    expect((await operator.whispers('/进度')).text).toContain('团干部用的');
    expect(await stage.database.db.binding.count()).toBe(0);
    const rows = await stage.database.db.audit.findMany();
    expect(rows.map(({ action }) => action)).toContain('operator.prove');
  });

  it('may be an administrator besides, who is no operator by that', async () => {
    const administrator = await stage.administrator('王敏');
    expect(await stage.database.db.operator.count()).toBe(0);
    await administrator.whispers(`/绑定 ${await stage.operatorCode('王敏')}`);
    expect(stage.bot.text).toContain('认证好了，王敏');
    expect((await administrator.whispers('/本单位')).text).toContain('信息工程学院委员会');
  });

  it('cannot be told over an account that they have to log in by hand: the code stays good elsewhere', async () => {
    const operator = await stage.person('李工', group);
    const code = await stage.operatorCode('李工');
    stage.loginByHand = true;
    for (let n = 0; n < 6; n++)
      expect((await operator.whispers(`/绑定 ${code}`)).text).toContain('请在另一个平台（例如飞书）上');
    expect(await stage.database.db.operator.findFirst()).toMatchObject({ personId: null });
    stage.loginByHand = false;
    expect((await operator.says(`/绑定 ${code}`)).text).toBe('运维身份认证好了，有事我私下告诉您。');
  });

  it('moves to another account and is told so; removed, their codes are good for nothing', async () => {
    const old = await stage.person('李工', group);
    const fresh = await stage.person('李工新号', group);
    await old.whispers(`/绑定 ${await stage.operatorCode('李工')}`);
    await fresh.whispers(`/绑定 ${await stage.operatorCode('李工')}`);
    expect(stage.bot.to(old).text).toContain('运维人员身份已换到另一个账号');
    const code = await stage.operatorCode('李工');
    const remove = () => stage.database.transaction((tx) => removeOperator(tx, '李工'));
    expect(await remove()).toBe(true);
    expect(await remove()).toBe(false);
    expect((await fresh.whispers(`/绑定 ${code}`)).text).toContain('不对，或者已经用过');
  });
});
