/** One story through every command, on both databases and over a restart in its middle. */
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../domain/calendar/instant.ts';
import { brokenLink } from '../../prisma/store/audit.ts';
import { newPostgresDatabase, newSqliteFile } from '../../tests/support/databases.ts';
import { openStage } from './testing.ts';

describe.each([
  ['SQLite', newSqliteFile],
  ['PostgreSQL', newPostgresDatabase],
])('on %s', (_, newPlace) => {
  it('a cadre and a youth go through a week', async () => {
    const place = await newPlace();
    const stage = await openStage({ url: place.url });
    const group = await stage.group('一班');
    const cadre = await stage.cadre('李老师', group);
    const youth = await stage.person('小明', group);
    expect((await youth.whispers('/绑定 AAAA-AAAA')).text).toContain('不对');
    expect((await cadre.says('/亮身份')).text).toContain('李老师');
    await cadre.whispers('/话题 推荐');
    await cadre.presses('发布 1');
    await youth.presses('我来说');
    expect((await youth.says('/诉求 路灯坏了')).to(cadre).text).toContain('路灯坏了');
    await cadre.says('/活动 发布 周六下午2点-4点 操场 夜跑');

    await stage.restart();

    expect((await cadre.says('是')).in(group.id).text).toContain('活动1｜夜跑');
    await cadre.whispers('/问题清单 受理 1');
    expect((await cadre.whispers('/问题清单 办结 1 已修好')).to(youth).text).toContain('已修好');
    expect((await youth.whispers('/我的诉求')).text).toContain('已修好');
    expect((await cadre.says('/话题 结束')).text).toContain('明确参与 1 人');
    await cadre.whispers('/提醒 静音 话题');
    stage.now = parseInstant('2026-09-05T15:00:00+08:00') ?? stage.now;
    const code = await stage.checkInCode();
    expect((await youth.says(`/签到 ${code}`)).text).toContain('签到好了');
    expect((await youth.says(`/签到 ${code}`)).text).toContain('已经签到过了');
    expect((await cadre.says('/活动 结束 1 跑了三公里')).text).toContain('还没到结束时间');
    expect((await cadre.says('是')).text).toContain('签到 1 人');
    const [progress] = (await cadre.says('/进度')).all;
    expect(progress?.draft).toMatchObject({
      progress: { activity: { held: 1 }, faceToFace: { met: 1, percent: 100 }, topic: { clear: 1 } },
    });
    expect(await brokenLink(stage.database.db, stage.secret.hash)).toBeUndefined();
    await stage.database.close();
    await place.remove();
  });
});
