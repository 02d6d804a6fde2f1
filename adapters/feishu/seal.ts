import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/** Feishu's seal on a webhook's post: sha256 over timestamp, nonce, encrypt key and the raw body, in hex. */
export function signatureOf(timestamp: string, nonce: string, encryptKey: string, body: Uint8Array): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest('hex');
}

/** Compares two strings in a time that does not tell where they differ. */
export function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Opens an encrypted body: AES-256-CBC, key sha256(encryptKey), the first 16 bytes the IV. Undefined for garbage. */
export function opened(encrypted: string, encryptKey: string): unknown {
  try {
    const bytes = Buffer.from(encrypted, 'base64');
    if (bytes.length < 32 || bytes.length % 16 !== 0) return undefined;
    const key = createHash('sha256').update(encryptKey).digest();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Nonces are remembered for twice the age that is accepted, so many at most. */
const mostNonces = 500_000;

/** Tells posts that were taken before: nobody can play one again within the age that is accepted. */
export class Replays {
  readonly #keepMs: number;
  readonly #seen = new Map<string, number>();

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /**
   * False for a post that was seen already. Beyond so many the oldest are forgotten: one played again is then taken for
   * a redelivery, which changes nothing, whereas a refusal would lose what is genuine.
   */
  take(signature: string, now: number): boolean {
    for (const [old, at] of this.#seen) {
      if (at > now - this.#keepMs) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(signature)) return false;
    if (this.#seen.size >= mostNonces) {
      const [oldest] = this.#seen.keys();
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    this.#seen.set(signature, now);
    return true;
  }

  /** The post could not be kept: it may come again. */
  forget(signature: string): void {
    this.#seen.delete(signature);
  }
}
