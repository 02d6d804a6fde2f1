/** Groups and people as the stand-in lists them, and what happens to a group. */
import type { Login, Session } from './login.ts';
import { baseOk, type Sync } from './sync.ts';
import type { Room, World } from './world.ts';

export class Rooms {
  readonly #world: World;
  readonly #login: Login;
  readonly #sync: Sync;

  constructor(world: World, login: Login, sync: Sync) {
    this.#world = world;
    this.#login = login;
    this.#sync = sync;
  }

  /** The platform's own line in a group. */
  notice(room: string, text: string): void {
    const { ids } = this.#login.present;
    this.#sync.add({ FromUserName: ids.of(room, true), Content: text, MsgType: 10_000 });
  }

  joins(uid: string, room: string): void {
    this.#room(room).members.set(uid, '');
    this.notice(room, '有人加入了群聊');
  }

  leaves(uid: string, room: string): void {
    this.#room(room).members.delete(uid);
    // No line tells of somebody who leaves: only the list changes, if anything.
    this.changed(room);
  }

  renames(room: string, topic: string): void {
    this.#room(room).topic = topic;
    this.changed(room);
  }

  /** The server tells that a group is different now. */
  changed(room: string): void {
    const { ids } = this.#login.present;
    this.#sync.change(this.#world.group(this.#room(room), ids, true));
  }

  putOut(room: string): void {
    const { ids } = this.#login.present;
    this.#sync.remove({ UserName: ids.of(room, true) });
  }

  /** `webwxinit`: who one is, and the group last spoken in. */
  first({ ids, skey }: Session): object {
    return {
      ...baseOk,
      User: { UserName: ids.of('bot'), NickName: this.#world.self.name, Uin: 12_345 },
      SKey: skey,
      SyncKey: this.#sync.syncKey,
      ContactList: [...this.#world.rooms.values()]
        .slice(0, 1)
        .map((room) => this.#world.group(room, ids, false)),
    };
  }

  /** `webwxgetcontact`: friends, and groups without their members. */
  contacts({ ids }: Session): object {
    return {
      ...baseOk,
      Seq: 0,
      MemberList: [
        ...[...this.#world.people.values()]
          .filter(({ friend }) => friend)
          .map((one) => this.#world.contact(one, ids)),
        ...[...this.#world.rooms.values()].map((room) => this.#world.group(room, ids, false)),
      ],
    };
  }

  /** `webwxbatchgetcontact`: groups with their members. */
  whole(asked: Record<string, unknown>, { ids }: Session): object {
    const wanted = ((asked.List ?? []) as { UserName?: string }[]).flatMap(({ UserName }) => {
      const uid = ids.uid(UserName ?? '');
      const room = this.#world.rooms.get(uid ?? '');
      return room?.members.has('bot') ? [this.#world.group(room, ids, true)] : [];
    });
    return { ...baseOk, Count: wanted.length, ContactList: wanted };
  }

  /** `webwxoplog`: a remark on a friend. */
  remark(asked: Record<string, unknown>, { ids }: Session): object {
    const person = this.#world.people.get(ids.uid(String(asked.UserName)) ?? '');
    if (person?.friend) person.remark = String(asked.RemarkName);
    return { BaseResponse: { Ret: person?.friend ? 0 : 1, ErrMsg: '' } };
  }

  #room(uid: string): Room {
    const room = this.#world.rooms.get(uid);
    if (!room) throw new Error(`no room ${uid}`);
    return room;
  }
}
