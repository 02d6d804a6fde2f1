import { expect, it } from 'vitest';
import { clauseOf } from '../../../domain/policy/documents/documents.ts';
import { cadre, group, youth } from '../scene.ts';

it('/制度 quotes three clauses with their sources, and a button shows one whole', async () => {
  const said = await cadre.whispers('/制度 转岗怎么交接');
  expect(said.all).toHaveLength(1);
  expect(said.text).toContain('\n1. 团干部转岗后，应如何交接直接联系青年工作？');
  expect(said.text).toContain('不再进行工作考核');
  expect(said.text).toContain('——团中央问答，问答 53');
  expect(said.buttons).toHaveLength(3);
  const [first] = said.buttons;
  expect(first?.label).toBe('1 全文：团干部转岗后，应如何交接直…');
  const whole = await cadre.presses(first?.label ?? '');
  expect(whole.text).toContain(clauseOf('gqt-qa/53')?.clause.text);
  expect(whole.text).toContain('出处：《“1+100”直接联系青年工作问答》（共青团中央，2016年）问答 53');
});

it('is for youths too, in the group and privately; what is pressed in the group is answered privately', async () => {
  expect((await youth.whispers('／制度 我的电话会不会被别人看到')).text).toContain('问答 37');
  const asked = await youth.says('/制度 强迫参加');
  expect(asked.in(group.id).text).toContain('强迫青年配合参与');
  const pressed = await youth.presses(asked.buttons[0]?.label ?? '');
  expect(pressed.in(group.id).all).toHaveLength(0);
  expect(pressed.to(youth).all).toHaveLength(1);
});

it('leads to the ten first steps by their name', async () => {
  for (const asked of ['十个一', '“十个一”是哪十个', '刚当团干部怎么起步'])
    expect((await cadre.whispers(`/制度 ${asked}`)).text).toContain('可参照“十个一”路径开展工作');
});

it('says what to do when nothing fits', async () => {
  expect((await cadre.whispers('/制度')).text).toContain('例如 /制度 转岗怎么交接');
  expect((await cadre.whispers('/制度 zzzz')).text).toContain('换个说法试试');
  expect((await cadre.whispers('/制度 原文 gqt-qa/99')).text).toContain('没有这一条');
  expect((await cadre.whispers('/制度 原文')).text).toContain('请写要看的那一条');
  expect((await cadre.whispers(`/制度 ${'长'.repeat(61)}`)).text).toContain('太长了');
});
