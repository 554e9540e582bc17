/** A refusal of the server (RFC 9457): `detail` is a sentence for the reader. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly facts: Readonly<Record<string, unknown>>,
  ) {
    super(`${status} ${code}`);
  }
}

/** No answer, or one that is not ours: network gone, server restarting, a page instead of JSON. */
export class Unreachable extends Error {}

export function problemFrom(status: number, body: unknown): Refused | Unreachable {
  if (status >= 500 || !isRecord(body) || typeof body.code !== 'string') {
    return new Unreachable(`answer ${status}`);
  }
  const detail = typeof body.detail === 'string' ? body.detail : '';
  return new Refused(status, body.code, detail, body);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
