/** A model endpoint on loopback that speaks OpenAI's protocol, with the faults that real ones have. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A text to answer with, or a fault: `page` a portal's HTML, `drip` a body without an end, `odd` no text and no number where they should be. */
export type Behaviour =
  | { readonly text: string }
  | 'slow'
  | 'cut'
  | 'not json'
  | 'wrong schema'
  | 'empty choice'
  | 'no choice'
  | 'page'
  | 'drip'
  | 'odd'
  | '429'
  | '500'
  | '400'
  | '401';

export interface AskedOf {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

export class StandInModel {
  /** What was asked, in order. */
  readonly asked: AskedOf[] = [];
  /** How often a shape that it does not know was asked for. */
  refused = 0;
  /** What is done next; the last one again and again. */
  next: Behaviour[] = [];
  /** Whether the bound of the answer goes by its newer name alone. */
  isNewer = false;
  /** How the shape of the answer may be asked for. */
  knows: readonly string[] = ['json_schema', 'json_object'];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => this.#answer(JSON.parse(Buffer.concat(chunks).toString()), response));
  });

  static async open(): Promise<StandInModel> {
    const model = new StandInModel();
    await new Promise<void>((resolve) => model.#server.listen(0, '127.0.0.1', resolve));
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(body: AskedOf, response: ServerResponse) {
    const format = body.response_format?.type;
    if (format !== undefined && !this.knows.includes(format)) {
      this.refused++;
      fail(response, 400, `response_format ${format} is not supported`);
      return;
    }
    if (this.isNewer && body.max_tokens !== undefined) {
      fail(response, 400, "Unsupported parameter: use 'max_completion_tokens' instead");
      return;
    }
    this.asked.push(body);
    const behaviour = (this.next.length > 1 ? this.next.shift() : this.next[0]) ?? { text: '{}' };
    if (typeof behaviour === 'object') {
      say(response, behaviour.text);
      return;
    }
    switch (behaviour) {
      case 'slow':
        return;
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"id":"x","choices":[{"mess');
        setImmediate(() => response.destroy());
        return;
      case 'not json':
        say(response, '好的，我来帮您：{"kind": 诉求');
        return;
      case 'wrong schema':
        say(response, '{"kind":"紧急","field":"火星","topics":"三个"}');
        return;
      case 'empty choice':
        say(response, '');
        return;
      case 'no choice':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"id":"x","object":"chat.completion","choices":[]}');
        return;
      case 'page':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html>请先登录校园网</html>');
        return;
      case 'drip':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"id":"x","choices":[');
        return;
      case 'odd':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"choices":[{"message":{"content":42}}],"usage":{"total_tokens":9e15}}');
        return;
      default:
        fail(response, Number(behaviour), 'a fault');
    }
  }
}

function say(response: ServerResponse, content: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices, usage: { total_tokens: 100 } }));
}

function fail(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message } }));
}
