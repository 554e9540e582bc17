import { problemFrom, Unreachable } from './problems';

export interface Request {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  seat?: string | null;
  idempotencyKey?: string;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
}

const BASE = '/api/v1/public';
const TIMEOUT = 20_000;

/** Sends one request; resolves with the JSON body (null for 204), throws Refused or Unreachable. */
export async function send(request: Request, language: string): Promise<unknown> {
  const response = await answerTo(request, language);
  if (response.status === 204) {
    return null;
  }
  const body = await jsonOf(response);
  if (!response.ok) {
    throw problemFrom(response.status, body);
  }
  if (body === undefined) {
    throw new Unreachable('the answer is no JSON');
  }
  return body;
}

async function answerTo(request: Request, language: string): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    return await fetch(BASE + request.path, {
      method: request.method,
      headers: headersOf(request, language),
      body: request.body === undefined ? null : JSON.stringify(request.body),
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive: request.keepalive === true,
      signal: stop.signal,
    });
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

function headersOf(request: Request, language: string): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language,
  };
  if (request.body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (request.seat) {
    headers.Authorization = `Seat ${request.seat}`;
  }
  if (request.idempotencyKey !== undefined) {
    headers['Idempotency-Key'] = request.idempotencyKey;
  }
  return headers;
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
