/** The question which group of earlier logins a group is. */
import type { UnmatchedGroup } from '../../prisma/store/looks.ts';
import type { Draft } from '../outbox/message.ts';
import { nameOf } from './place.ts';
import { card } from './say.ts';

/** Asks about one group, with a button for each that it may be. */
export function whichGroup(group: UnmatchedGroup): Draft {
  return card(
    '请帮我认一下群',
    `机器人重新登录后，平台给每个群都换了编号，我认不准“${nameOf(group)}”是不是您原来的群。您认一下，之前的数字就接上了；认之前，这个群照常在数，不会丢。`,
    [
      ...group.candidates.map((one) => ({
        label: `就是原来的“${nameOf(one)}”`,
        command: `/认群 ${group.id} ${one.id}`,
      })),
      { label: '都不是，是新的群', command: `/认群 ${group.id} 0` },
    ],
  );
}
