import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyCard } from '../../bot/commands/surveys/survey-words.ts';
import { limits } from '../../domain/surveys/form.ts';
import type { SurveyRow } from '../../prisma/store/surveys.ts';
import { checkCard } from '../../tests/feishu/cards.ts';
import type { Content, Form } from '../adapter.ts';
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
            name: 'lianqing_form',
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
                name: 'lianqing_submit',
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
    expect(Buffer.byteLength(JSON.stringify(json))).toBeGreaterThan(29_000);
    expect(json).toContain('后面的没有显示');
    expect(json).toContain('/好');
  });

  it('cuts words on buttons and in empty fields to what Feishu takes, and lists an option once', () => {
    const long = `${'字'.repeat(98)}😀😀`;
    const json = JSON.stringify(
      shown({
        type: 'card',
        title: '问卷',
        text: '',
        buttons: [{ label: long, command: '/好' }],
        form: {
          command: '/答',
          submit: long,
          fields: [
            { name: 'q1', label: long, multiline: true },
            { name: 'q2', label: '选', placeholder: long, options: ['A', 'B', 'A'] },
          ],
        },
      }),
    );
    const cut = `"content":"${'字'.repeat(98)}…"`;
    expect(json.split(cut)).toHaveLength(5);
    expect(json).toContain(`"content":"${long}"`);
    expect(json.match(/"value":"A"/g)).toHaveLength(1);
  });

  it('lists the options of the longest choices and has one typed where a card would hold too many', () => {
    const choice = (name: string, many: number): Form['fields'][number] => ({
      name,
      label: `${name}：哪一个`,
      options: Array.from({ length: many }, (_, n) => `${String.fromCharCode(65 + n)}. 选项`),
    });
    const fields = [choice('q1', 12), choice('q2', 2), ...[3, 4, 5, 6].map((n) => choice(`q${n}`, 60))];
    const card = shown({
      type: 'card',
      title: '长',
      text: '',
      form: { command: '/答', submit: '交', fields },
    });
    const text = JSON.stringify(card);
    expect(text.match(/"select_static"/g)).toHaveLength(4);
    expect(text).toContain('q3：哪一个\\nA. 选项\\nB. 选项');
    expect(text).toContain('写上面的一项，例如：A. 选项');
    expect(text).toContain('"fields":["q1","q2","q3","q4","q5","q6"]');
  });

  it('a survey as large as one may be', () => {
    const options = Array.from({ length: limits.options }, (_, n) => `选项${n}`);
    const questions = Array.from({ length: limits.questions }, (_, n) => ({
      kind: n % 4 === 3 ? ('open' as const) : ('single' as const),
      text: '题'.repeat(limits.question),
      options: n % 4 === 3 ? [] : options,
    }));
    const form = { title: '问'.repeat(limits.title), anonymous: true, questions };
    const row = { id: 1, groupId: 1, number: 1, form, evaluates: false, closesAt: undefined } as SurveyRow;
    const text = JSON.stringify(shown(surveyCard(row, 0) as Extract<Content, { type: 'card' }>));
    expect(text.match(/"tag":"(input|select_static)"/g)).toHaveLength(limits.questions);
    expect(text).not.toContain('后面的没有显示');
  });

  it('keeps a line of a field from becoming a list, a rule, a heading or code', () => {
    const lines = ['一', '- 二', '---', '===', '1. 三', '    四', '\t五'];
    const card = shown({
      type: 'card',
      title: '行',
      text: '',
      fields: [{ label: '内容', value: lines.join('\r\n') }],
    });
    expect(JSON.stringify(card)).toContain(JSON.stringify(lines.join('\n\u200b')).slice(1, -1));
  });

  it('whatever the bot means to say, Feishu would take it', () => {
    const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
    const command = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    const field = fc.record(
      {
        label: words,
        placeholder: words,
        multiline: fc.boolean(),
        options: fc.array(words, { minLength: 1, maxLength: 40 }),
      },
      { requiredKeys: ['label'] },
    );
    const form = fc
      .record({ command, submit: words, fields: fc.array(field, { minLength: 1, maxLength: 20 }) })
      .map(({ fields, ...rest }) => ({
        ...rest,
        fields: fields.map((each, n) => ({ ...each, name: `q${n}` })),
      }));
    const card = fc.record(
      {
        type: fc.constant('card' as const),
        title: words,
        text: fc.string({ unit: 'binary', maxLength: 20_000 }),
        fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 8 }),
        buttons: fc.array(
          fc.record({ label: words, command, style: fc.constantFrom('primary', 'plain', 'danger') }),
          { maxLength: 15 },
        ),
        form,
      },
      { requiredKeys: ['type', 'title', 'text'] },
    );
    fc.assert(
      fc.property(card, fc.boolean(), (made, inPrivate) => {
        // Options in so many words are longer than a card: they are no survey of ours (domain/surveys/form.ts).
        const options = made.form?.fields.flatMap((each) => each.options ?? []) ?? [];
        fc.pre(Buffer.byteLength(JSON.stringify(JSON.stringify({ ...made, text: '', options }))) < 12_000);
        checkCard(cardJson(made as Extract<Content, { type: 'card' }>, inPrivate));
      }),
      { numRuns: 200 },
    );
  });
});
