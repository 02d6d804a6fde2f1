import { beforeEach, describe, expect, it } from 'vitest';
import type { Sender } from '../adapter.ts';
import type { Api } from './api.ts';
import { Names } from './names.ts';
import { logLines } from './testing.ts';

describe('names of people and groups', () => {
  let now: number;
  let lists: number;
  let list: () => Promise<readonly Sender[]>;
  let names: Names;

  beforeEach(() => {
    now = 0;
    lists = 0;
    list = async () => [{ id: 'ou_ann', name: '安然' }];
    const api = {
      members: () => {
        lists++;
        return list();
      },
      group: async () => ({ name: '一班' }),
    } as unknown as Api;
    names = new Names({
      api,
      now: () => now,
      log: logLines().log,
      keepMs: 10_000,
      pauseMs: 1_000,
      waitMs: 50,
    });
  });
  const settled = () => new Promise(setImmediate);
  const speaks = async (id: string): Promise<void> => {
    const name = names.personName(id);
    names.spoke('oc_1', { id, ...(name ? { name } : {}) });
    await settled();
  };

  it('a list that does not name somebody is read again after a pause, not for each message', async () => {
    for (let n = 0; n < 5; n++) await speaks('ou_guest');
    expect(lists).toBe(1);
    now = 1_001;
    await speaks('ou_guest');
    expect(lists).toBe(2);
  });

  it('those who are known are looked up again when the list is old: a name may have changed', async () => {
    await speaks('ou_ann');
    now = 9_000;
    await speaks('ou_ann');
    expect([lists, names.personName('ou_ann')]).toEqual([1, '安然']);
    list = async () => [{ id: 'ou_ann', name: '安小然' }];
    now = 10_001;
    await speaks('ou_ann');
    expect([lists, names.personName('ou_ann')]).toEqual([2, '安小然']);
  });

  it('a list that is being read is not read beside itself, and one that fails is tried after the pause', async () => {
    let fail = (_fault: Error): void => undefined;
    list = () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      });
    await speaks('ou_ann');
    now = 5_000;
    await speaks('ou_ann');
    expect(lists).toBe(1);
    fail(new Error('no'));
    await settled();
    await speaks('ou_ann');
    expect(lists).toBe(2);
  });
});
