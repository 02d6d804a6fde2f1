import { describe, expect, it } from 'vitest';
import { checkCard } from '../../tests/feishu/cards.ts';
import { cardJson } from './cards.ts';

const shown = (card: Parameters<typeof cardJson>[0], inPrivate = false): unknown => {
  const json = cardJson(card, inPrivate);
  checkCard(json);
  return JSON.parse(json);
};

describe('Card JSON 2.0', () => {
  it('a topic with its button', () => {
    expect(
      shown({
        type: 'card',
        title: '本月话题',
        text: '你最想学的一项技能是什么？',
        fields: [{ label: '截止', value: '9 月 8 日' }],
        buttons: [
          { label: '我来说', command: '/参与 12', style: 'primary' },
          { label: '结束', command: '/话题 结束 12', style: 'danger' },
        ],
      }),
    ).toEqual({
      schema: '2.0',
      config: { update_multi: true, enable_forward: false, summary: { content: '本月话题' } },
      header: { title: { tag: 'plain_text', content: '本月话题' }, template: 'red' },
      body: {
        vertical_spacing: '8px',
        elements: [
          { tag: 'div', text: { tag: 'plain_text', content: '你最想学的一项技能是什么？' } },
          { tag: 'markdown', content: '**截止**　9 月 8 日' },
          {
            tag: 'column_set',
            flex_mode: 'flow',
            horizontal_spacing: '8px',
            columns: [
              {
                tag: 'column',
                width: 'auto',
                elements: [
                  {
                    tag: 'button',
                    text: { tag: 'plain_text', content: '我来说' },
                    type: 'primary_filled',
                    behaviors: [{ type: 'callback', value: { command: '/参与 12' } }],
                  },
                ],
              },
              {
                tag: 'column',
                width: 'auto',
                elements: [
                  {
                    tag: 'button',
                    text: { tag: 'plain_text', content: '结束' },
                    type: 'danger_filled',
                    behaviors: [{ type: 'callback', value: { command: '/话题 结束 12' } }],
                  },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('a demand’s form in a private chat', () => {
    const card = shown(
      {
        type: 'card',
        title: '说说你的诉求',
        text: '',
        form: {
          command: '/诉求',
          submit: '提交',
          fields: [
            { name: 'kind', label: '类别', options: ['就业', '住房'] },
            { name: 'what', label: '内容', placeholder: '写几句', multiline: true },
          ],
        },
      },
      true,
    );
    expect(card).toMatchObject({
      body: {
        elements: [
          {
            tag: 'form',
            name: 'form',
            elements: [
              { tag: 'div', text: { content: '类别' } },
              {
                tag: 'select_static',
                name: 'kind',
                options: [
                  { text: { tag: 'plain_text', content: '就业' }, value: '就业' },
                  { text: { tag: 'plain_text', content: '住房' }, value: '住房' },
                ],
              },
              { tag: 'div', text: { content: '内容' } },
              { tag: 'input', name: 'what', input_type: 'multiline_text', max_length: 1000 },
              {
                tag: 'button',
                name: 'form_submit',
                form_action_type: 'submit',
                behaviors: [
                  { type: 'callback', value: { command: '/诉求', private: true, fields: ['kind', 'what'] } },
                ],
              },
            ],
          },
        ],
      },
    });
  });

  it('shows what people wrote as it is: no mention, no markup', () => {
    const hostile = '<at id=all></at> **粗** [点我](https://x.cn) # 一 `码` ~~删~~ <font color=red>红</font>';
    const json = JSON.stringify(
      shown({ type: 'card', title: hostile, text: hostile, fields: [{ label: hostile, value: hostile }] }),
    );
    const { body } = JSON.parse(json);
    expect(body.elements[0]).toEqual({ tag: 'div', text: { tag: 'plain_text', content: hostile } });
    const markdown: string = body.elements[1].content;
    expect(markdown.slice(2)).not.toMatch(/<|\[|\]\(|`|~~|(?<!\*\*)#\s/);
    expect(markdown.match(/\*\*/g)).toHaveLength(2);
  });

  it('cuts a text that is too long for 30 KB and says so', () => {
    const json = cardJson(
      {
        type: 'card',
        title: '长',
        text: '😀"换行\n'.repeat(8_000),
        buttons: [{ label: '好', command: '/好' }],
      },
      false,
    );
    checkCard(json);
    expect(Buffer.byteLength(json)).toBeGreaterThan(25_000);
    expect(json).toContain('后面的没有显示');
    expect(json).toContain('/好');
  });
});
