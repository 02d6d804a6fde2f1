/**
 * Feishu for the bench, as a process of its own: the stand-in answers the calls, while the events of the long
 * connection are frames made beforehand and written as fast as they are acknowledged. Its argument is the stream's seed.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { MessageEvent } from '../adapters/adapter.ts';
import { decodeFrame, encodeFrame } from '../tests/feishu/frames.ts';
import { type FakeFeishu, startFeishu } from '../tests/feishu/server.ts';
import { acceptSocket, type Socket } from '../tests/feishu/socket.ts';
import { groupCount, groupName, introductions, memberName, membersOfGroup, Stream } from './stream.ts';

/** What the measuring process asks for: the next so many of the stream, or everybody's introduction. */
export interface Order {
  readonly events: number | 'introductions';
  /** So many are unacknowledged at once. */
  readonly inFlight: number;
}

const feishu = await startFeishu({ limits: false });
for (let g = 0; g < groupCount; g++)
  feishu.group(groupName(g)).with(...Array.from({ length: membersOfGroup }, (_, m) => memberName(g, m)));
const stream = new Stream(Number(process.argv[2]));

let socket: Socket | undefined;
let wire: Duplex | undefined;
let acknowledged = (_code: number): void => undefined;
const server = createServer().on('upgrade', (request, opened) => {
  wire = opened;
  socket = acceptSocket(request, opened, heard, () => process.exit());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const config = { ReconnectCount: 0, ReconnectInterval: 1, ReconnectNonce: 1, PingInterval: 120 };
  const data = { URL: `ws://127.0.0.1:${port}/?device_id=1&service_id=1`, ClientConfig: config };
  feishu.faults.add({
    path: '/callback/ws/endpoint',
    answer: { code: 0, http: 200, raw: JSON.stringify({ code: 0, msg: 'success', data }) },
  });
  process.send?.({ url: feishu.url, appId: feishu.app.appId, appSecret: feishu.app.appSecret });
});
process.on('message', async (order: Order) => {
  process.send?.(
    await send(order).then(
      (seconds) => ({ seconds }),
      (fault: Error) => ({ fault: fault.message }),
    ),
  );
});
process.on('disconnect', () => process.exit());

function heard(message: Buffer): void {
  const code = message.indexOf('"code":');
  if (code >= 0) {
    acknowledged(Number(message.toString('latin1', code + 7, code + 10)));
    return;
  }
  const frame = decodeFrame(message);
  socket?.send(encodeFrame({ ...frame, headers: { type: 'pong' }, payload: Buffer.from('{}') }));
}

/** Makes the frames, then sends them; gives the seconds from the first one out to the last one acknowledged. */
function send({ events, inFlight }: Order): Promise<number> {
  const frames =
    events === 'introductions'
      ? Array.from(introductions(), frameOf)
      : Array.from({ length: events }, () => frameOf(stream.next()));
  let [given, settled] = [0, 0];
  const give = () => {
    const frame = frames[given++];
    if (frame) socket?.send(frame);
  };
  return new Promise((resolve, reject) => {
    const started = performance.now();
    acknowledged = (code) => {
      // What is not taken would be delivered again: not a thing to be measured.
      if (code !== 200) return reject(new Error(`answered with ${code}`));
      settled++;
      if (wire?.writableCorked === 0) {
        wire.cork();
        setImmediate(() => wire?.uncork());
      }
      give();
      if (settled === frames.length) resolve((performance.now() - started) / 1_000);
    };
    for (let n = 0; n < Math.min(inFlight, frames.length); n++) give();
  });
}

function frameOf(event: MessageEvent): Buffer {
  const id = event.id.slice(3);
  return encodeFrame({
    seqId: 1,
    logId: 1,
    service: 1,
    method: 1,
    headers: { type: 'event', message_id: id, sum: '1', seq: '0', trace_id: id.slice(0, 16) },
    payload: Buffer.from(JSON.stringify(receivedEvent(event, feishu))),
  });
}

/** `im.message.receive_v1` as Feishu pushes it. */
function receivedEvent(event: MessageEvent, { app, world }: FakeFeishu): object {
  const ids = (openId: string) => ({
    open_id: openId,
    union_id: `on${openId.slice(2)}`,
    user_id: openId.slice(-8),
  });
  const mentions = event.mentions.map((openId, i) => ({
    key: `@_user_${i + 1}`,
    id: ids(openId),
    mentioned_type: 'user',
    name: world.user(openId).name,
    tenant_key: app.tenantKey,
  }));
  const content =
    event.kind === 'text'
      ? { text: mentions.length > 0 ? event.text.replace('@同学', '@_user_1') : event.text }
      : event.kind === 'image'
        ? { image_key: 'img_v3_bench' }
        : { file_key: 'file_v3_bench' };
  const type = { voice: 'audio', video: 'media', link: 'share_chat', card: 'interactive' } as const;
  return {
    schema: '2.0',
    header: {
      event_id: event.id.slice(3),
      event_type: 'im.message.receive_v1',
      create_time: String(event.at),
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: app.tenantKey,
    },
    event: {
      sender: { sender_id: ids(event.sender.id), sender_type: 'user', tenant_key: app.tenantKey },
      message: {
        message_id: event.id,
        ...(event.quotes ? { root_id: event.quotes.id, parent_id: event.quotes.id } : {}),
        create_time: String(event.at),
        update_time: String(event.at),
        chat_id: event.chat.id,
        chat_type: 'group',
        message_type: event.kind in type ? type[event.kind as keyof typeof type] : event.kind,
        content: JSON.stringify(content),
        ...(mentions.length > 0 ? { mentions } : {}),
        user_agent: 'Mozilla/5.0 Lark/7.30',
      },
    },
  };
}
