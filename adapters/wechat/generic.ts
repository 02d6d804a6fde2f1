/** Hearing through any puppet's own events. */
import type { Puppet, payloads } from 'wechaty-puppet';
import type { MessageKind } from '../adapter.ts';
import type { Member } from './protocol.ts';
import type { StackListener } from './stack-listener.ts';

/** By the names of Wechaty's message types. */
const kinds: Readonly<Record<number, MessageKind>> = {
  1: 'file',
  2: 'voice',
  3: 'card',
  4: 'card',
  5: 'sticker',
  6: 'image',
  7: 'text',
  8: 'link',
  9: 'card',
  10: 'text',
  14: 'link',
  15: 'video',
};
/** Transfers, red packets, recalls: nothing that somebody says. */
const silent = new Set([0, 11, 12, 13, 16]);

/** Seconds and milliseconds are told apart by size: some puppets give the one, some the other. */
const msFrom = 100_000_000_000;

/** Tells the listener what a puppet hears. In order: each event waits for the one before it. */
export function listenTo(puppet: Puppet, listener: StackListener): void {
  let turn: Promise<void> = Promise.resolve();
  let noticed = 0;
  const next = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(() => listener.trouble('puppet-fault'));
  };
  const tellRoom = async (room: string): Promise<void> => {
    await puppet.roomPayloadDirty(room);
    const { topic, memberIdList } = await puppet.roomPayload(room);
    const members: Member[] = [];
    for (const id of memberIdList) members.push(await memberOf(puppet, room, id));
    listener.heard({
      type: 'room',
      id: `room-${Date.now()}-${++noticed}`,
      at: Date.now(),
      room,
      name: topic,
      members,
    });
  };
  const known = new Set<string>();

  puppet.on('login', ({ contactId }) =>
    next(async () => {
      const self = await contactOf(puppet, contactId);
      listener.login({ id: contactId, name: self?.name ?? '' }, contactId, true);
      const friends: Member[] = [];
      for (const id of await puppet.contactList()) {
        const contact = await contactOf(puppet, id);
        if (contact && id !== contactId)
          friends.push({ id, name: contact.name, ...(contact.alias ? { mark: contact.alias } : {}) });
      }
      listener.heard({ type: 'friends', id: `friends-${Date.now()}`, at: Date.now(), friends });
      for (const room of await puppet.roomList()) {
        known.add(room);
        await tellRoom(room);
      }
      listener.alive(Date.now());
    }),
  );
  puppet.on('logout', () => listener.trouble('logged-out'));
  puppet.on('heartbeat', () => {
    if (puppet.isLoggedIn) listener.alive(Date.now());
  });
  puppet.on('message', ({ messageId }) =>
    next(async () => {
      const message = await puppet.messagePayload(messageId);
      const from = message.talkerId ?? message.fromId;
      if (!from || from === puppet.currentUserId || silent.has(message.type)) return;
      const { roomId } = message;
      if (roomId && !known.has(roomId)) {
        known.add(roomId);
        await tellRoom(roomId).catch(() => undefined);
      }
      listener.heard({
        type: 'message',
        id: message.id,
        at:
          message.timestamp > msFrom ? Math.round(message.timestamp) : Math.round(message.timestamp * 1_000),
        ...(roomId ? { room: roomId } : {}),
        from,
        kind: kinds[message.type] ?? 'card',
        text: message.text ?? '',
        mentions: mentionsOf(message).slice(0, 200),
      });
      listener.alive(Date.now());
    }),
  );
  // Their lists of people may be empty: what counts is who is in the group now.
  puppet.on('room-join', ({ roomId, inviteeIdList }) =>
    next(async () => {
      known.add(roomId);
      await tellRoom(roomId);
      if (inviteeIdList.includes(puppet.currentUserId))
        listener.heard({ type: 'added', id: `added-${roomId}-${Date.now()}`, at: Date.now(), room: roomId });
    }),
  );
  puppet.on('room-leave', ({ roomId, removeeIdList }) =>
    next(async () => {
      if (removeeIdList.includes(puppet.currentUserId)) {
        known.delete(roomId);
        listener.heard({ type: 'gone', id: `gone-${roomId}-${Date.now()}`, at: Date.now(), room: roomId });
      } else await tellRoom(roomId);
    }),
  );
  puppet.on('room-topic', ({ roomId }) => next(() => tellRoom(roomId)));
}

async function memberOf(puppet: Puppet, room: string, id: string): Promise<Member> {
  const [member, contact] = await Promise.all([
    puppet.roomMemberPayload(room, id).catch(() => undefined),
    contactOf(puppet, id),
  ]);
  return { id, name: member?.roomAlias || member?.name || contact?.name || '' };
}

function contactOf(puppet: Puppet, id: string): Promise<payloads.Contact | undefined> {
  return puppet.contactPayload(id).catch(() => undefined);
}

/** Only messages in groups have them, by their types. */
function mentionsOf(message: payloads.Message): readonly string[] {
  return 'mentionIdList' in message ? (message.mentionIdList ?? []) : [];
}
