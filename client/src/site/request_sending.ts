/** Hands a draft over, screen by screen, and at last the request; each try may be the second. */
import type { Draft, ScreenName, Task } from './request_draft';

export interface Answer {
  code?: string;
  saved_at?: string;
  sent?: string;
  number?: string;
  errors?: Record<string, string[]>;
  refusal?: string;
  /** A refusal's sentence as the rest of the server answers it, RFC 9457. */
  detail?: string;
}

export type Outcome =
  | { is: 'saved'; code: string; savedAt: string }
  | { is: 'sent'; address: string }
  | { is: 'wrong'; screen: ScreenName; errors: Record<string, string[]> }
  | { is: 'refused'; screen: ScreenName; sentence: string; status?: number }
  | { is: 'no-signal' }
  | { is: 'too-old' };

export interface Way {
  start: string;
  token: () => string;
  /** Asks for a new token; false without signal. */
  renewToken: () => Promise<boolean>;
  fetch: typeof fetch;
}

const SLUGS: Record<ScreenName, string> = {
  letter: 'surat',
  who: 'siapa',
  event: 'kegiatan',
  check: 'periksa',
};

export function addressOf(way: Pick<Way, 'start'>, screen: ScreenName, code: string): string {
  return code ? `${way.start}${code}/${SLUGS[screen]}` : way.start;
}

export async function handOver(draft: Draft, task: Task, way: Way): Promise<Outcome> {
  let answer = await posted(draft, task, way);
  if (answer?.status === 403 && (await way.renewToken())) answer = await posted(draft, task, way);
  // A gateway's page says that our server is away, as no answer at all does.
  if (!answer || answer.status >= 500) return { is: 'no-signal' };
  const said = await answer.json().catch(() => null);
  if (said) return outcomeOf(said as Answer, task.screen);
  if (answer.status === 403) return { is: 'too-old' };
  // Somebody on the way refuses, in no words of ours: saying the same again would not help.
  if (isRefusal(answer.status))
    return { is: 'refused', screen: task.screen, sentence: '', status: answer.status };
  return { is: 'no-signal' };
}

export function outcomeOf(said: Answer, screen: ScreenName): Outcome {
  if (said.sent) return { is: 'sent', address: said.sent };
  if (said.errors) return { is: 'wrong', screen, errors: said.errors };
  if (said.code && said.saved_at !== undefined && !said.refusal)
    return { is: 'saved', code: said.code, savedAt: said.saved_at };
  return { is: 'refused', screen, sentence: said.refusal ?? said.detail ?? '' };
}

/** 408 says only that it took too long to come. */
function isRefusal(status: number): boolean {
  return status >= 400 && status !== 408;
}

async function posted(draft: Draft, task: Task, way: Way): Promise<Response | null> {
  const body = new FormData();
  body.set('csrfmiddlewaretoken', way.token());
  for (const [name, value] of draft.fields[task.screen] ?? []) body.append(name, value);
  if (task.screen === 'letter')
    for (const page of draft.pages) body.append('letter', page.blob, page.name);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (task.begins) headers['Idempotency-Key'] = draft.key;
  const code = task.begins ? '' : draft.code;
  const address = addressOf(way, task.screen, code);
  return way.fetch(address, { method: 'POST', body, headers }).catch(() => null);
}
