import { ifLostKey, type ToSay } from '../../prisma/store/outbox.ts';
import type { OutboxRow } from '../../prisma/store/sending.ts';
import type { Secret } from '../secret.ts';
import type { Outgoing } from './message.ts';

const purpose = 'outbox';

/** A row to a sealed address has its words sealed, too: they hold what tells its asker's demand. */
export function sealedWhereItMust(secret: Pick<Secret, 'seal'>, row: ToSay): ToSay {
  return row.sealed === undefined ? row : { ...row, body: secret.seal(purpose, row.body) };
}

/** What a row says, as JSON; undefined where it was sealed with another key. */
export function bodyOf(secret: Pick<Secret, 'open'>, row: OutboxRow): string | undefined {
  return row.sealed === undefined ? row.body : secret.open(purpose, row.body);
}

/** An outgoing message as the store keeps it, and behind it what is held until it is known whether it is needed. */
export function toRows(message: Outgoing): readonly ToSay[] {
  const { key, ifLost } = message;
  return ifLost
    ? [toRow(message), { ...toRow({ ...ifLost, key: ifLostKey(key) }), held: true }]
    : [toRow(message)];
}

/** An outgoing message as the store keeps it. */
export function toRow(message: Outgoing): ToSay {
  return {
    key: message.key,
    kind: message.kind,
    groupId: 'groupId' in message.to ? message.to.groupId : undefined,
    personId: 'personId' in message.to ? message.to.personId : undefined,
    sealed: 'sealed' in message.to ? message.to.sealed : undefined,
    body: JSON.stringify(message.draft),
    quote: message.quote,
    updates: message.updates,
    topicId: message.topicId,
    notBefore: message.notBefore,
    expiresAt: message.expiresAt,
  };
}
