/** What of an event file a database can keep: more can be counted than that. */
import { parseInstant } from '../../domain/calendar/instant.ts';
import type { FileEvent } from '../../domain/event-file/event.ts';

/** Instants that both databases keep, with room for what follows from them. */
const earliest = parseInstant('0001-01-02T00:00:00Z') ?? 0;
const latest = parseInstant('9999-12-01T00:00:00Z') ?? 0;
/** Ids are keys of the database, which bounds their length. */
const longestId = 500;
/** PostgreSQL has neither of them. */
const unstorable = /[\0\p{Cs}]/u;

/** Why a line of a file cannot be kept, although it can be counted; undefined when it can. In Chinese. */
export function whyNotKept(event: FileEvent): string | undefined {
  if (
    [event.at, event.type === 'listening' ? event.until : event.at].some((at) => at < earliest || at > latest)
  )
    return '时间太早或太晚，数据库存不下';
  for (const id of idsIn(event)) {
    if (id.length > longestId) return `标识太长（超过 ${longestId} 个字符），数据库存不下`;
    if (unstorable.test(id)) return '标识里有数据库存不下的字符';
  }
  return undefined;
}

function idsIn(event: FileEvent): readonly string[] {
  const common = [event.id, event.group];
  switch (event.type) {
    case 'message':
      return [...common, event.sender, ...(event.mentions ?? [])];
    case 'group':
      return [...common, event.cadre, ...(event.members ?? []).map((member) => member.id)];
    case 'join':
    case 'leave':
      return [...common, event.member];
    case 'topic':
      return [...common, event.message];
    case 'checkin':
      return [...common, event.activity, event.member];
    case 'close':
      return [...common, event.activity];
    default:
      return common;
  }
}
