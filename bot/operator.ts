/** Telling the operator, wherever they are, that they have to do something. */
import type { Log } from './log.ts';

/** How long the far side may take, in milliseconds. */
const withinMs = 10_000;

/**
 * Posts a sentence to a group robot's webhook. One body that Feishu, WeCom and DingTalk each read their part of. A
 * failure is logged: the sentence stands on the page and the terminal all the same.
 */
export async function tellOperator(webhook: string, sentence: string, log: Log): Promise<void> {
  const text = `联青：${sentence}`;
  try {
    const response = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Feishu wants msg_type and content.text, WeCom and DingTalk msgtype and text.content.
      body: JSON.stringify({ msg_type: 'text', msgtype: 'text', content: { text }, text: { content: text } }),
      signal: AbortSignal.timeout(withinMs),
      redirect: 'error',
    });
    if (!response.ok) log.warn({ status: response.status }, 'the operator webhook refused a message');
  } catch (fault) {
    log.warn(
      { kind: fault instanceof Error ? fault.name : typeof fault },
      'the operator webhook was not reached',
    );
  }
}
