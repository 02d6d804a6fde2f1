import { beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { Api } from './api.ts';
import type { Call, Calls } from './calls.ts';
import { FeishuError } from './errors.ts';
import type { Heard } from './heard.ts';
import type { Hearing } from './hearing.ts';
import { History } from './history.ts';
import type { Names } from './names.ts';
import { logLines } from './testing.ts';

const line = (id: string, more: object = {}) => ({
  message_id: id,
  msg_type: 'text',
  create_time: '1789000000000',
  sender: { id: 'ou_ann', sender_type: 'user' },
  body: { content: '{"text":"你好"}' },
  ...more,
});
const refusal = (code: number, outcome: 'refused' | 'retry' | 'unknown' = 'refused') =>
  new FeishuError(`code ${code}`, { code, outcome, forPerson: '' });

describe('what was said while nothing could be heard', () => {
  let pages: Record<string, (page: unknown) => object>;
  let asked: [chat: unknown, page: unknown][];
  let heard: string[];
  let threads: Set<string>;
  let refuse: boolean;

  const calls = {
    call: async <T>(call: Call<T>): Promise<T> => {
      const params = call.params ?? {};
      if (call.what === 'groups')
        return (call.answer as z.ZodType<T>).parse({
          items: Object.keys(pages).map((chat_id) => ({ chat_id, name: null })),
          has_more: false,
        });
      asked.push([params.container_id, params.page_token]);
      return (call.answer as z.ZodType<T>).parse(
        pages[String(params.container_id)]?.(params.page_token) ?? {},
      );
    },
  } as unknown as Calls;
  const hearing = {
    get threads() {
      return threads;
    },
    deliver: async ({ event }: Heard) => {
      if (refuse) throw new Error('not taken');
      heard.push(event.id);
    },
  } as unknown as Hearing;
  const fill = () =>
    new History({
      api: new Api(calls),
      hearing,
      names: { learnGroup: () => undefined } as unknown as Names,
      known: () => ({
        botOpenId: 'ou_bot',
        appId: 'cli_app',
        personName: () => undefined,
        groupName: () => undefined,
      }),
      log: logLines().log,
    }).fill(0, 1_000);

  beforeEach(() => {
    asked = [];
    heard = [];
    threads = new Set();
    refuse = false;
    pages = {
      oc_1: (page) =>
        page
          ? { items: [line('om_2')], has_more: false }
          : { items: [line('om_1')], has_more: true, page_token: 'p' },
    };
  });

  it('is fetched page by page, of every group', async () => {
    pages.oc_2 = () => ({ items: [line('om_3')], has_more: false, page_token: '' });
    expect(await fill()).toBe('whole');
    expect(heard).toEqual(['om_1', 'om_2', 'om_3']);
    expect(asked).toEqual([
      ['oc_1', undefined],
      ['oc_1', 'p'],
      ['oc_2', undefined],
    ]);
  });

  it.each([
    ['a line that nobody can read', () => ({ items: [line('om_1'), { message_id: 5 }], has_more: false })],
    [
      'a time that is none',
      () => ({ items: [line('om_1'), line('om_2', { create_time: '' })], has_more: false }),
    ],
    [
      'a thread, which keeps its own',
      () => ({ items: [line('om_1', { thread_id: 'omt_1' })], has_more: false }),
    ],
    ['more, but no way to it', () => ({ items: [line('om_1')], has_more: true, page_token: null })],
    ['the same page over and over', () => ({ items: [line('om_1')], has_more: true, page_token: 'p' })],
  ])('is not all there where there is %s; what there is, is heard', async (_what, page) => {
    pages = { oc_1: page, oc_2: () => ({ items: [line('om_9')], has_more: false }) };
    expect(await fill()).toBe('partly');
    expect(heard).toContain('om_1');
    expect(heard).toContain('om_9');
    expect(asked.length).toBeLessThan(5);
  });

  it('is not all there of a group too large to read', async () => {
    let page = 0;
    pages = { oc_1: () => ({ items: [], has_more: true, page_token: String(page++) }) };
    expect(await fill()).toBe('partly');
    expect(asked).toHaveLength(200);
  });

  it('is not all there of a group in which threads were seen', async () => {
    threads.add('oc_1');
    expect(await fill()).toBe('partly');
  });

  it.each([230002, 232006, 232009, 232011])('a group that is gone (%i) keeps nothing back', async (code) => {
    pages = {
      oc_gone: () => {
        throw refusal(code);
      },
      ...pages,
    };
    expect(await fill()).toBe('whole');
    expect(heard).toEqual(['om_1', 'om_2']);
  });

  it.each([
    ['partly', refusal(230027)],
    ['later', refusal(99991400, 'retry')],
    ['later', refusal(500, 'unknown')],
    ['later', new Error('fault of ours')],
  ])('comes %s after a fault', async (outcome, fault) => {
    pages.oc_1 = () => {
      throw fault;
    };
    expect(await fill()).toBe(outcome);
  });

  it('is fetched again later when the bot did not take it', async () => {
    refuse = true;
    expect(await fill()).toBe('later');
  });
});
