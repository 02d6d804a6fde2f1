import { expect, it } from 'vitest';
import { cadre, youth } from '../scene.ts';

it('/进度 shows any length, as a picture or in words, to the cadre alone', async () => {
  for (const [word, scope] of [
    ['周', 'week'],
    ['季度', 'quarter'],
    ['学期', 'semester'],
    ['今年', 'year'],
    ['全部', 'all'],
  ])
    expect((await cadre.whispers(`/进度 ${word}`)).all[0]?.draft).toMatchObject({
      type: 'overview',
      overview: { scope, cadre: '李老师' },
    });
  const said = await cadre.whispers('/进度 年 文字');
  expect(said.text).toContain('今年要做的，2026 年 9 月 2 日');
  expect(said.text).toContain('直接联系青年100名：进行中（1 / 100 人）');
  expect(said.text).toContain('结对帮扶3–5名困难青年：进行中（0 / 3 人）');
  expect(said.text).toContain('联系人数暂以您各群里的青年为准');
  expect(said.text).not.toContain('小明');
  expect((await cadre.says('/进度 年')).text).toContain('请私聊我');
  expect((await youth.whispers('/进度 年')).text).toContain('团干部用的');
});

it('/进度 接下来 names at most three things, with something to press', async () => {
  const said = await cadre.whispers('/进度 接下来');
  expect(said.text).toMatch(/^接下来\n1\. 每天有声音：快到期/);
  expect(said.text.match(/^\d\. /gm)).toHaveLength(3);
  expect(said.buttons[0]?.command).toBe('/话题 推荐');
});
