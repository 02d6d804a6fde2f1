import { expect, it } from 'vitest';
import { cadre, group, stage, youth } from '../scene.ts';

it('is a demand of the kind 意见建议, answered like any', async () => {
  const said = await youth.says('/建议 团日活动能不能放在周末下午');
  expect(said.in(group.id).text).toContain('记为第 1 号');
  expect(said.to(cadre).text).toContain('团日活动能不能放在周末下午');
  expect((await cadre.whispers('/问题清单 查看 1')).text).toContain('意见建议');
  const answered = await cadre.whispers('/问题清单 办结 1 下次就放周末');
  expect(answered.to(youth).text).toContain('下次就放周末');
  expect((await youth.whispers('/建议')).text).toContain('有什么建议？写在后面就行');
  expect((await cadre.whispers('/建议 多办球赛')).text).toContain('给群里小伙伴用的');
});

it('that is a cry for help is heard as one', async () => {
  const said = await youth.whispers('/建议 我不想活了');
  expect(said.to(youth).text).toContain('你不用一个人扛');
  expect(said.to(youth).text).toContain('团干部也已经收到');
  expect(said.to(cadre).text).toContain('请马上联系本人');
  expect((await stage.database.db.demand.findFirst())?.kind).toBeNull();
});

it('of somebody who wants no name is not filed by name', async () => {
  const suggested = await youth.whispers('/建议 匿名 食堂太咸');
  expect(suggested.text).toContain('我替你匿名转');
  expect(suggested.to(cadre).all).toEqual([]);
  const asked = await youth.whispers('/问 匿名：食堂怎么这么咸');
  expect(asked.text).toContain('请私聊我发 /诉求 匿名 加内容；刚才这一条没有记');
  expect(asked.to(cadre).all).toEqual([]);
  expect(await stage.database.db.demand.count()).toBe(0);
  // Rather without a name once too often: nothing of it is lost.
  expect((await youth.whispers('/建议 匿名信箱放在一楼')).text).toContain('我替你匿名转');
});
