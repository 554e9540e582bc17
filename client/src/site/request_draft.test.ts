import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyDraft,
  forward,
  isDirty,
  nextTask,
  note,
  noteSaved,
  screenAfter,
  screenBefore,
  slotProblem,
  touch,
} from './request_draft';
import { LARGEST_BYTES, sizePlan } from './request_photos';
import { addressOf, handOver, outcomeOf, type Way } from './request_sending';

const complete = () => true;

describe('what is handed over next', () => {
  it('begins the draft before anything else, and nothing before its letter is complete', () => {
    const draft = emptyDraft('k');
    touch(draft, 'who');
    expect(nextTask(draft, (screen) => screen !== 'letter')).toBeNull();
    expect(nextTask(draft, complete)).toMatchObject({ screen: 'letter', begins: true });
  });

  it('hands over changed screens in order, and the request last and only when it is wanted', () => {
    const draft = emptyDraft('k', 'abcd');
    touch(draft, 'event');
    touch(draft, 'who');
    const order = [];
    draft.wantsSending = true;
    for (let task = nextTask(draft, complete); task; task = nextTask(draft, complete)) {
      order.push(task.screen);
      if (task.screen === 'check') draft.wantsSending = false;
      noteSaved(draft, task);
    }
    expect(order).toEqual(['who', 'event', 'check']);
  });

  it('does not send while a screen is not complete', () => {
    const draft = emptyDraft('k', 'abcd');
    touch(draft, 'event');
    draft.wantsSending = true;
    expect(nextTask(draft, (screen) => screen !== 'event')).toBeNull();
  });

  it('keeps a change that came while the one before was on its way', () => {
    const draft = emptyDraft('k', 'abcd');
    note(draft, 'who', [['contact_name', 'Siti']]);
    const task = nextTask(draft, complete);
    note(draft, 'who', [['contact_name', 'Siti A']]);
    if (task) noteSaved(draft, task);
    expect(isDirty(draft, 'who')).toBe(true);
  });

  it('takes the same words twice for no change', () => {
    const draft = emptyDraft('k', 'abcd');
    expect(note(draft, 'who', [['a', '1']])).toBe(true);
    expect(note(draft, 'who', [['a', '1']])).toBe(false);
  });
});

describe('the order of screens', () => {
  it('ends at both ends', () => {
    expect(screenAfter('check')).toBe('check');
    expect(screenBefore('letter')).toBe('letter');
    expect(screenBefore(screenAfter('who'))).toBe('who');
  });
});

describe('days and times', () => {
  it.each([
    ['2026-11-23', '09:00', '10:00', 'past'],
    ['2026-11-24', '09:00', '09:00', 'order'],
    ['2026-11-24', '09:00', '10:00', ''],
    ['', '09:00', '08:00', ''],
  ])('%s %s–%s: %s', (day, starts, ends, problem) => {
    expect(slotProblem(day, starts, ends, '2026-11-24')).toBe(problem);
  });
});

describe('pages of a letter', () => {
  it('moves one forward and loses none', () => {
    expect(forward(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b']);
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (pages, place) => {
        expect([...forward(pages, place)].sort()).toEqual([...pages].sort());
      }),
    );
  });

  it('are tried legible first, never larger than they are, and keep their shape', () => {
    const side = fc.integer({ min: 1, max: 12_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const plan = sizePlan(width, height);
        expect(plan.length).toBeGreaterThan(3);
        for (const each of plan) {
          expect(Math.max(each.width, each.height)).toBeLessThanOrEqual(2000);
          expect(each.width).toBeLessThanOrEqual(width);
          expect(each.height).toBeLessThanOrEqual(height);
        }
      }),
    );
    expect(sizePlan(4000, 3000)[0]).toEqual({ width: 2000, height: 1500, quality: 0.82 });
    expect(LARGEST_BYTES).toBeLessThanOrEqual(1024 * 1024);
  });
});

function wayThat(...answers: (Response | Error)[]): Way & { asked: RequestInit[] } {
  const asked: RequestInit[] = [];
  return {
    asked,
    start: '/ajukan/',
    token: () => 't',
    renewToken: async () => true,
    fetch: async (_address, init) => {
      asked.push(init ?? {});
      const answer = answers.shift();
      if (!(answer instanceof Response)) throw answer;
      return answer;
    },
  };
}

const begins = { screen: 'letter', begins: true, change: 1 } as const;
const saved = () => Response.json({ code: 'abcd', saved_at: '09.14' });

describe('handing over', () => {
  it('says who begins, so that a draft begun twice is one', async () => {
    const way = wayThat(saved());
    expect(await handOver(emptyDraft('key-1'), begins, way)).toEqual({
      is: 'saved',
      code: 'abcd',
      savedAt: '09.14',
    });
    expect(way.asked[0]?.headers).toMatchObject({ 'Idempotency-Key': 'key-1' });
  });

  it('takes a lost connection and a gateway for no signal', async () => {
    expect(await handOver(emptyDraft('k'), begins, wayThat(new TypeError()))).toEqual({
      is: 'no-signal',
    });
    const gateway = new Response('<html>', { status: 502 });
    expect(await handOver(emptyDraft('k'), begins, wayThat(gateway))).toEqual({ is: 'no-signal' });
  });

  it('asks for a new token once when the old one is refused', async () => {
    const way = wayThat(new Response('<html>', { status: 403 }), saved());
    expect((await handOver(emptyDraft('k'), begins, way)).is).toBe('saved');
    expect(way.asked).toHaveLength(2);
  });

  it('takes a sent request for sent, also the second time', () => {
    expect(outcomeOf({ refusal: 'sent already', sent: '/ajukan/a/terkirim' }, 'who').is).toBe(
      'sent',
    );
    expect(outcomeOf({ number: '2026-00001', sent: '/x' }, 'check').is).toBe('sent');
    expect(outcomeOf({ refusal: 'too often', code: 'requests_too_often' }, 'who').is).toBe(
      'refused',
    );
  });

  it('knows the address of each screen', () => {
    expect(addressOf({ start: '/ajukan/' }, 'who', 'abcd')).toBe('/ajukan/abcd/siapa');
    expect(addressOf({ start: '/ajukan/' }, 'who', '')).toBe('/ajukan/');
  });
});
