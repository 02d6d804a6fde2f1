import { describe, expect, it } from 'vitest';
import { at, boundOn, cadre, date, due, plain } from '../../tests/support/reminders.ts';
import type { Day } from '../calendar/day.ts';
import { composeDigest } from './digest.ts';

describe('the digest', () => {
  const everything = due(at(date(6, 25)));

  it('is one message, the most pressing first, with a button for each and a way to mute', () => {
    const digest = composeDigest([...everything].reverse());
    expect(everything).toHaveLength(4);
    expect(digest).toMatchInlineSnapshot(`
      {
        "buttons": [
          {
            "command": "/话题 话头",
            "label": "找个话头",
          },
          {
            "command": "/进度",
            "label": "看看进度",
          },
          {
            "command": "/活动 发布",
            "label": "发布活动",
          },
          {
            "command": "/话题 推荐",
            "label": "挑个话题",
          },
          {
            "command": "/提醒",
            "label": "提醒设置",
          },
        ],
        "expiresAt": 1782396000000,
        "keys": [
          "reminder/voice/7/3/2026-06-25/evening",
          "reminder/interaction/7/3/2026-W26/thursday",
          "reminder/activity/7/3/2026-Q2/1w",
          "reminder/topic/7/3/2026-06/20th",
        ],
        "text": "1. 今天群里还没听到您的声音。看到谁的话接一句，或者问声好，都算。
      2. 这周还没和青年有来有往地聊起来，有 3 位就够了，还有 3 天。看到谁的话，接一句就好。
      3. 这个季度还没有线下活动，还有 5 天。小一点也行，散步、读书都算。
      4. 这个月还没开话题，还有 5 天。挑一个发到群里？

      不想收到这些？发“/提醒”可以调整。",
        "title": "今晚的小提醒（4 件）",
      }
    `);
    expect(composeDigest([])).toBeUndefined();
  });

  it('asks nobody for an activity in the last days of a quarter', () => {
    const said = (day: Day) => due(at(day)).find(({ requirement }) => requirement === 'activity');
    expect(said(date(6, 27))).toMatchObject({ action: { label: '发布活动' } });
    for (const day of [date(6, 28), date(6, 29), date(6, 30)]) {
      expect(said(day)?.line).toContain('来不及也没关系，如实写就好');
      expect(said(day)?.line).not.toMatch(/小一点也行|都算。/);
      expect(said(day)?.action).toEqual({ label: '看看活动', command: '/活动 列表' });
    }
    expect(said(date(6, 30))?.line).toContain('今天是最后一天');
    expect(said(date(7, 1))?.line).toContain('没办也没关系，如实写就好');
  });

  it('names the groups when there are several', () => {
    const [voice] = due(at(plain));
    const [other] = due(at(plain), {}, { groupId: 4, groupName: '' });
    const digest = composeDigest([voice!, other!]);
    expect(digest?.text).toContain('1. 【计科2班】今天还没');
    expect(digest?.text).toContain('2. 【未命名的群】今天还没');
    expect(composeDigest([voice!])?.text).toMatch(/^今天还没/);
  });

  it('is short, and blames nobody', () => {
    const text = composeDigest(everything)?.text ?? '';
    expect([...text].length).toBeLessThan(250);
    expect(text).not.toMatch(/必须|未完成|通报|扣分|不合格|落后/);
  });

  it('says 您 to the cadre, and no cold nought', () => {
    const lines = [
      ...everything,
      ...due(at(plain), boundOn(plain)),
      ...due(at(date(6, 25)), {
        presence: new Map([[date(6, 25), new Map([cadre, 11].map((p) => [p, 2]))]]),
      }),
    ].map(({ line }) => line);
    expect(lines).toContainEqual(expect.stringMatching(/^绑定之后还没听到您/));
    expect(lines).toContainEqual(expect.stringMatching(/^这周已经和 1 位青年有来有往，目标是 3 位/));
    for (const line of lines) expect(line).not.toMatch(/你|和 0 位/);
  });
});
