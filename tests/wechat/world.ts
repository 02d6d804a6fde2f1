/** Who there is on the stand-in: people and groups as they are, whatever ids a login gives them. */
import { randomBytes } from 'node:crypto';

export interface Person {
  readonly uid: string;
  name: string;
  /** What the bot's account has put on them. */
  remark: string;
  readonly friend: boolean;
}

export interface Room {
  readonly uid: string;
  topic: string;
  /** People by uid, with the names they bear in this group. */
  readonly members: Map<string, string>;
}

/** The ids of one login: all new, as web WeChat gives them. */
export class Ids {
  readonly #byUid = new Map<string, string>();
  readonly #byId = new Map<string, string>();

  of(uid: string, isRoom = false): string {
    let id = this.#byUid.get(uid);
    if (id === undefined) {
      id = `${isRoom ? '@@' : '@'}${randomBytes(16).toString('hex')}`;
      this.#byUid.set(uid, id);
      this.#byId.set(id, uid);
    }
    return id;
  }

  uid(id: string): string | undefined {
    return this.#byId.get(id);
  }
}

export class World {
  readonly self: Person = { uid: 'bot', name: '联青', remark: '', friend: false };
  readonly people = new Map<string, Person>([['bot', this.self]]);
  readonly rooms = new Map<string, Room>();

  person(uid: string, name: string, friend = false): Person {
    const person = { uid, name, remark: '', friend };
    this.people.set(uid, person);
    return person;
  }

  room(uid: string, topic: string, members: readonly string[]): Room {
    const room: Room = { uid, topic, members: new Map() };
    for (const member of ['bot', ...members]) room.members.set(member, '');
    this.rooms.set(uid, room);
    return room;
  }

  /** A contact as the server describes it. */
  contact(person: Person, ids: Ids) {
    return {
      UserName: ids.of(person.uid),
      NickName: escaped(person.name),
      RemarkName: escaped(person.remark),
      VerifyFlag: 0,
      ContactFlag: 3,
      MemberCount: 0,
      MemberList: [],
      HeadImgUrl: '',
    };
  }

  /** A group as the server describes it; `whole`: with its members, which the first lists lack. */
  group(room: Room, ids: Ids, whole: boolean) {
    const members = [...room.members].map(([uid, display]) => ({
      UserName: ids.of(uid),
      NickName: escaped(this.people.get(uid)?.name ?? ''),
      DisplayName: escaped(display),
    }));
    return {
      UserName: ids.of(room.uid, true),
      NickName: escaped(room.topic),
      RemarkName: '',
      MemberCount: whole ? members.length : 0,
      MemberList: whole ? members : [],
      EncryChatRoomId: '',
    };
  }
}

/** As the server writes what people typed. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br/>');
}
