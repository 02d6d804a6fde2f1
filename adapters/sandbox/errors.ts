/** Something the person who runs or plays the sandbox must know; `human` says in Chinese what to do. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: 'port-taken' | 'port-refused' | 'data-unusable';
  readonly human: string;
  constructor(code: SandboxError['code'], message: string, human: string) {
    super(message);
    this.code = code;
    this.human = human;
  }
}

/** A request of the page that cannot be done; answered with `status` and the Chinese sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 403 | 404 | 409 | 413 | 500 | 503 | 507;
  constructor(status: Refusal['status'], human: string) {
    super(human);
    this.status = status;
  }
}
