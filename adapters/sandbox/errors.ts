/** Something the person who runs or plays the sandbox must know; `forPerson` says in Chinese what to do. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: 'port-taken' | 'port-refused' | 'data-unusable';
  readonly forPerson: string;
  constructor(code: SandboxError['code'], message: string, forPerson: string) {
    super(message);
    this.code = code;
    this.forPerson = forPerson;
  }
}

/** A request of the page that cannot be done; answered with `status` and the Chinese sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 403 | 404 | 409 | 413 | 500 | 503 | 507;
  constructor(status: Refusal['status'], forPerson: string) {
    super(forPerson);
    this.status = status;
  }
}
