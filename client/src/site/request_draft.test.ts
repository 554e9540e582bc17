import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsIn } from './request_clock';
import {
  codeIn,
  draftFor,
  emptyDraft,
  forward,
  isDirty,
  nextTask,
  note,
  noteSaved,
  roomProblem,
  saysOfLetter,
  screenAfter,
  screenBefore,
  slotProblem,
  touch,
} from './request_draft';
import { LARGEST_BYTES, sizePlan } from './request_photos';
import { addressOf, handOver, outcomeOf, type Way } from './request_sending';
import { Waiting } from './request_waiting';

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

describe('a moment of an invitation', () => {
  it.each([
    ['2026-12-01T01:30:00Z', 'Asia/Jakarta', '2026-12-01', '08:30'],
    ['2026-12-01T09:00:00+08:00', 'Asia/Jakarta', '2026-12-01', '08:00'],
    ['2026-12-01T09:00:00+08:00', 'Asia/Makassar', '2026-12-01', '09:00'],
    ['2026-12-31T17:00:00Z', 'Asia/Jakarta', '2027-01-01', '00:00'],
    ['2026-12-01T16:30:00Z', 'Asia/Jayapura', '2026-12-02', '01:30'],
    ['2026-12-01T00:30:00+09:00', 'Asia/Jakarta', '2026-11-30', '22:30'],
  ])('%s is in %s %s %s', (moment, zone, day, clock) => {
    expect(partsIn(moment, zone)).toEqual({ day, clock });
  });

  it('that is none is nothing', () => {
    expect(partsIn(null, 'Asia/Jakarta')).toBeNull();
    expect(partsIn('besok', 'Asia/Jakarta')).toBeNull();
  });
});

describe('which draft a page goes on with', () => {
  const draft = (key: string, code = '', keptAt = 1, wantsSending = false) => ({
    ...emptyDraft(key, code),
    keptAt,
    wantsSending,
  });

  it('is that of its code, and no other', () => {
    const mine = draft('k', 'aaaa');
    expect(draftFor([draft('bbbb', 'bbbb', 9), mine], 'aaaa')).toBe(mine);
    expect(draftFor([mine], 'cccc')).toBeUndefined();
    expect(draftFor([draft('k')], 'cccc')).toBeUndefined();
  });

  it('is on the empty form one that was begun there: what waits first, then the latest', () => {
    const [early, late] = [draft('k', '', 1), draft('l', 'aaaa', 2)];
    const link = draft('bbbb', 'bbbb', 9, true);
    expect(draftFor([early, link, late], '')).toBe(late);
    const waits = draft('m', '', 0, true);
    expect(draftFor([early, late, waits], '')).toBe(waits);
    expect(draftFor([link], '')).toBeUndefined();
  });

  it('is named by the address, also where the empty form stands in for a page', () => {
    expect(codeIn('/ajukan/bcdf-bcdf/siapa', '/ajukan/')).toBe('bcdf-bcdf');
    expect(codeIn('/ajukan/bcdf-bcdf', '/ajukan/')).toBe('bcdf-bcdf');
    expect(codeIn('/ajukan/', '/ajukan/')).toBe('');
  });
});

describe('what a letter may bring', () => {
  const most = { files: 3, bytes: 60_000_000 };
  it.each([
    [[], 19_000_000, ''],
    [[20_000_000, 20_000_000], 19_000_000, ''],
    [[20_000_000, 20_000_000], 20_000_000, 'too_much'],
    [[1, 1, 1], 1, 'too_many'],
  ])('%j and %i: %s', (sizes, size, problem) => {
    expect(roomProblem(sizes, size, most)).toBe(problem);
  });

  it('is said by photos or by "it follows"', () => {
    const draft = emptyDraft('k');
    expect(saysOfLetter(draft)).toBe(false);
    draft.fields.letter = [['letter_follows', 'on']];
    expect(saysOfLetter(draft)).toBe(true);
    draft.fields.letter = [];
    draft.pages.push({ blob: new Blob(['x']), name: 'x.jpg' });
    expect(saysOfLetter(draft)).toBe(true);
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

  it('takes what can not be read for a refusal that is not repeated', async () => {
    const given = (status: number) => wayThat(new Response('<html>', { status }));
    const refused = { is: 'refused', screen: 'letter', sentence: '' };
    for (const status of [400, 404, 413, 429])
      expect(await handOver(emptyDraft('k'), begins, given(status))).toEqual({
        ...refused,
        status,
      });
    // Too slow, or a page that some network puts in between: there is no signal.
    for (const status of [408, 200])
      expect((await handOver(emptyDraft('k'), begins, given(status))).is).toBe('no-signal');
  });

  it('says the sentence of a problem', async () => {
    const body = { code: 'uploads_too_large', detail: 'Kirim lebih sedikit.' };
    const way = wayThat(Response.json(body, { status: 413 }));
    expect(await handOver(emptyDraft('k'), begins, way)).toEqual({
      is: 'refused',
      screen: 'letter',
      sentence: 'Kirim lebih sedikit.',
    });
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

describe('what waits while another request is shown', () => {
  function storeOf(...drafts: ReturnType<typeof emptyDraft>[]) {
    const kept = new Map(drafts.map((draft) => [draft.key, draft]));
    return {
      kept: async () => [...kept.values()],
      keep: async (draft: ReturnType<typeof emptyDraft>) => kept.set(draft.key, draft).size > 0,
      forget: async (key: string) => void kept.delete(key),
      keys: () => [...kept.keys()],
    };
  }
  const waits = (key: string, code = '') => ({ ...emptyDraft(key, code), wantsSending: true });
  const sent = () => Response.json({ number: '1', sent: '/ajukan/abcd/terkirim' });
  const inTurn = <T>(work: () => Promise<T>) => work();

  it('is begun, sent and forgotten; the shown one and what does not wait stay', async () => {
    const store = storeOf(waits('shown'), waits('other'), emptyDraft('written'));
    const way = wayThat(saved(), sent());
    const waiting = new Waiting('shown', way, store, inTurn);
    expect(await waiting.send()).toEqual(['/ajukan/abcd/terkirim']);
    expect(store.keys()).toEqual(['shown', 'written']);
  });

  it('is tried again without signal, and left to its own page when it is refused', async () => {
    const store = storeOf(waits('a', 'abcd'));
    const refusal = Response.json({ errors: { people: ['?'] } }, { status: 422 });
    const way = wayThat(new TypeError(), refusal, sent());
    const waiting = new Waiting('shown', way, store, inTurn);
    for (let times = 0; times < 3; times += 1) expect(await waiting.send()).toEqual([]);
    expect(way.asked).toHaveLength(2);
    expect((await store.kept())[0]?.wantsSending).toBe(true);
  });

  it('is sent once, also when two ask', async () => {
    const way = wayThat(sent());
    const waiting = new Waiting('shown', way, storeOf(waits('a', 'abcd')), inTurn);
    expect(await Promise.all([waiting.send(), waiting.send()])).toHaveLength(2);
    expect(way.asked).toHaveLength(1);
  });
});
