import { expect, it } from 'vitest';
import { joined } from '../../prisma/store/identity.ts';
import { registry } from './all.ts';
import { cadre, stage, youth } from './scene.ts';

it('lists what one can do here', async () => {
  const forYouth = (await youth.says('/帮助')).text;
  expect(forYouth).toContain('/诉求');
  expect(forYouth).not.toMatch(/\/问题清单|\/进度|\/我的/);
  expect((await youth.whispers('/帮助')).text).toContain('/我的');
  const forCadre = (await cadre.says('/帮助')).text;
  expect(forCadre).toContain('/进度');
  expect(forCadre).not.toMatch(/\/诉求　|\/提醒/);
  expect((await cadre.whispers('/帮助')).text).toContain('/提醒');
});

it('of a command that is open to somebody in part, lists that part', async () => {
  const forYouth = (await youth.says('/帮助')).text;
  expect(forYouth).toContain('/话题 列表　');
  expect(forYouth).toContain('/活动 列表　');
  expect(forYouth).not.toMatch(/发布|\/话题　|\/活动　/);
  const forCadre = (await cadre.says('/帮助')).text;
  expect(forCadre).toMatch(/\/话题　.*发布/);
  expect(forCadre).not.toContain('我来说');
  const details = (await youth.says('/帮助 话题')).text;
  expect(details).toContain('/话题 列表');
  expect(details).not.toContain('发布');
});

it('lists a youth’s commands to a cadre privately only if some group has them as one', async () => {
  const ofYouths = /\/诉求　|\/我的　|\/签到　/;
  expect((await cadre.whispers('/帮助')).text).not.toMatch(ofYouths);
  expect(stage.bot.buttons.map(({ label }) => label)).not.toContain('我的');
  const other = await stage.group('教工群');
  await stage.database.transaction((tx) => joined(tx, other.id, [cadre.id], stage.now));
  expect((await cadre.whispers('/帮助')).text.match(/\/(?:诉求|我的|签到)　/g)).toHaveLength(3);
});

it('gives as an example the first command that can be used', async () => {
  expect((await youth.says('/帮助')).text).toContain('例如 /帮助 诉求\n更多功能请私聊我');
  expect((await cadre.whispers('/帮助')).text).toMatch(/例如 \/帮助 进度$/);
  const nobodys = await stage.person('路人');
  expect((await nobodys.whispers('/帮助')).text).toMatch(/例如 \/帮助 诉求$/);
});

it('explains a command with its examples, also by an alias', async () => {
  const said = (await cadre.whispers('/帮助 清单')).text;
  for (const { examples } of registry.find('问题清单')?.actions ?? [])
    for (const example of examples) expect(said).toContain(example);
  expect((await youth.whispers('/帮助 话体')).text).toContain('你是不是想看 /帮助 话题');
  expect((await youth.whispers('/帮助 天气')).text).toContain('没有“天气”这个命令');
});

it('a command without what to do shows the examples that the person can use', async () => {
  expect((await youth.says('/话题')).text).toMatch(/^\/话题 怎么用\n可以这样发：\n\/话题 列表\n/);
  expect(stage.bot.text).not.toContain('发布');
  const forCadre = (await cadre.says('/话题')).text;
  expect(forCadre).toContain('/话题 发布 1');
  expect(forCadre).not.toContain('我来说');
  // Nor is what they cannot use offered for a slip.
  expect((await youth.says('/话题 发步')).text).not.toContain('发布');
  expect((await cadre.says('/话题 发步')).text).toContain('是不是想输入 /话题 发布');
});
