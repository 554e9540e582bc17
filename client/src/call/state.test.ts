import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meeting } from './meeting';
import { tileOrder } from './order';
import type { Person } from './people';
import {
  type CallState,
  isPinned,
  isSpeaking,
  mainTile,
  type News,
  peopleIn,
  pinnedTiles,
  screenTile,
  startState,
  tilesOf,
  withNews,
} from './state';

const MEETING: Meeting = {
  slug: 'abc-defg-hij',
  title: 'Rapat',
  organiser: 'Dinas',
  starts_at: null,
  ends_at: null,
  time_zone: 'Asia/Jakarta',
  state: 'open',
  locked: false,
  organisation_field: 'optional',
};

function person(identity: string, change: Partial<Person> = {}): Person {
  return {
    identity,
    name: identity,
    organisation: '',
    role: 'participant',
    self: identity === 'me',
    joinedAt: Number(identity.replace(/\D/g, '')) || 0,
    quality: 'good',
    tracks: { microphone: { id: `m${identity}`, muted: false, live: true } },
    ...change,
  };
}

function stateAfter(news: News[]): CallState {
  return news.reduce(withNews, startState(MEETING));
}

const identities = fc.constantFrom('me', 'p1', 'p2', 'p3');
const message = (number: number) => ({
  number,
  at: '2026-11-24T02:00:00Z',
  participant_id: 'p1',
  name: 'p1',
  text: `pesan ${number}`,
});
const anyNews: fc.Arbitrary<(at: number) => News> = fc.oneof(
  fc.tuple(identities, fc.boolean()).map(
    ([identity, muted]) =>
      (at: number): News => ({
        kind: 'person',
        at,
        person: person(identity, {
          tracks: { microphone: { id: 'm', muted, live: true } },
          name: `${identity} ${at}`,
        }),
      }),
  ),
  identities.map(
    (identity) =>
      (at: number): News => ({ kind: 'gone', at, identity }),
  ),
  fc.subarray(['me', 'p1', 'p2', 'p3']).map(
    (list) =>
      (at: number): News => ({
        kind: 'present',
        at,
        identities: list,
      }),
  ),
  fc.subarray(['p1', 'p2']).map(
    (list) =>
      (at: number): News => ({
        kind: 'speakers',
        at,
        identities: list,
      }),
  ),
  fc.boolean().map(
    (pinned) =>
      (at: number): News => ({ kind: 'pin', at, tile: 'p1', pinned }),
  ),
  fc.boolean().map(
    (locked) =>
      (at: number): News => ({
        kind: 'meeting',
        at,
        meeting: { ...MEETING, locked },
      }),
  ),
  fc.constantFrom('connecting', 'connected', 'reconnecting').map(
    (link) =>
      (at: number): News =>
        ({ kind: 'link', at, link }) as News,
  ),
  fc
    .array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
    .map((numbers) => (): News => ({ kind: 'chat', messages: numbers.map(message) })),
);

const histories = fc
  .array(anyNews, { maxLength: 30 })
  .map((makers) => makers.map((make, index) => make(index + 1)));

describe('the state of a call', () => {
  it('ends the same whatever the order and repetition of the news', () => {
    const disorder = histories.chain((news) =>
      fc.record({
        news: fc.constant(news),
        shuffled: fc.shuffledSubarray([...news, ...news], {
          minLength: news.length * 2,
          maxLength: news.length * 2,
        }),
      }),
    );
    fc.assert(
      fc.property(disorder, ({ news, shuffled }) => {
        expect(stateAfter(shuffled)).toEqual(stateAfter(news));
      }),
    );
  });

  it('has oneself first, then people as they came', () => {
    const state = stateAfter([
      { kind: 'person', at: 1, person: person('p2') },
      { kind: 'person', at: 2, person: person('p1') },
      { kind: 'person', at: 3, person: person('me') },
    ]);
    expect(peopleIn(state).map((one) => one.identity)).toEqual(['me', 'p1', 'p2']);
  });

  it('breaks a tie of arrival by identity', () => {
    const state = stateAfter([
      { kind: 'person', at: 1, person: person('b', { joinedAt: 1 }) },
      { kind: 'person', at: 2, person: person('a', { joinedAt: 1 }) },
    ]);
    expect(peopleIn(state).map((one) => one.identity)).toEqual(['a', 'b']);
  });

  it('drops whom a full count does not name, unless heard of since', () => {
    const state = stateAfter([
      { kind: 'person', at: 1, person: person('p1') },
      { kind: 'person', at: 2, person: person('p2') },
      { kind: 'present', at: 3, identities: ['p2'] },
      { kind: 'person', at: 4, person: person('p3') },
    ]);
    expect(peopleIn(state).map((one) => one.identity)).toEqual(['p2', 'p3']);
  });

  it('says that someone speaks only while the microphone is on', () => {
    const talking: News = { kind: 'speakers', at: 2, identities: ['p1'] };
    const on = stateAfter([{ kind: 'person', at: 1, person: person('p1') }, talking]);
    const off = stateAfter([
      { kind: 'person', at: 1, person: person('p1', { tracks: {} }) },
      talking,
    ]);
    expect(isSpeaking(on, person('p1'))).toBe(true);
    expect(isSpeaking(off, person('p1', { tracks: {} }))).toBe(false);
  });
});

const screen = { screen_share: { id: 's', muted: false, live: true } };

describe('the large tile', () => {
  const base: News[] = [
    { kind: 'person', at: 1, person: person('me') },
    { kind: 'person', at: 2, person: person('p1') },
    { kind: 'person', at: 3, person: person('p2') },
  ];

  it.each<[string, News[], string | null]>([
    ['nobody', [], null],
    ['oneself when alone', base.slice(0, 1), 'me'],
    ['the first other while nobody spoke', base, 'p1'],
    ['who spoke last', [...base, { kind: 'speakers', at: 4, identities: ['p2'] }], 'p2'],
    [
      'a shared screen',
      [...base, { kind: 'person', at: 5, person: person('p1', { tracks: screen }) }],
      'screen:p1',
    ],
    [
      'not the screen one shares oneself',
      [...base, { kind: 'person', at: 5, person: person('me', { tracks: screen }) }],
      'p1',
    ],
    ['the pinned before all', [...base, { kind: 'pin', at: 6, tile: 'p2', pinned: true }], 'p2'],
    [
      'not someone pinned who left',
      [
        ...base,
        { kind: 'pin', at: 6, tile: 'p2', pinned: true },
        { kind: 'gone', at: 7, identity: 'p2' },
      ],
      'p1',
    ],
  ])('is %s', (_name, news, tile) => {
    expect(mainTile(stateAfter(news))).toBe(tile);
  });

  it('is the one pinned last', () => {
    const state = stateAfter([
      ...base,
      { kind: 'pin', at: 6, tile: 'p1', pinned: true },
      { kind: 'pin', at: 7, tile: 'p2', pinned: true },
    ]);
    expect(pinnedTiles(state)).toEqual(['p2', 'p1']);
    expect([isPinned(state, 'p1'), isPinned(state, 'me')]).toEqual([true, false]);
  });

  it('lists shared screens before people', () => {
    expect(tilesOf([person('me'), person('p1', { tracks: screen })])).toEqual([
      screenTile('p1'),
      'me',
      'p1',
    ]);
  });
});

describe('the order of tiles', () => {
  const crowd: News[] = Array.from({ length: 30 }, (_, index) => ({
    kind: 'person' as const,
    at: index + 1,
    person: person(`p${index + 1}`),
  }));

  it('holds everyone once, whatever happens', () => {
    fc.assert(
      fc.property(histories, (news) => {
        let state = startState(MEETING);
        let order: string[] = [];
        for (const one of news) {
          state = withNews(state, one);
          order = tileOrder(state, order, 2);
          expect([...order].sort()).toEqual([...tilesOf(peopleIn(state))].sort());
        }
      }),
    );
  });

  it('stays as it is while those in sight speak', () => {
    const state = stateAfter(crowd);
    const order = tileOrder(state, [], 25);
    const spoken = withNews(state, { kind: 'speakers', at: 99, identities: ['p3'] });
    expect(tileOrder(spoken, order, 25)).toEqual(order);
  });

  it('brings a speaker from a later page in place of the longest silent', () => {
    const state = stateAfter([
      ...crowd,
      { kind: 'speakers', at: 90, identities: ['p1'] },
      { kind: 'speakers', at: 91, identities: ['p30'] },
    ]);
    const before = crowd.map((_, index) => `p${index + 1}`);
    const order = tileOrder(state, before, 25);
    expect(order[1]).toBe('p30');
    expect(order[29]).toBe('p2');
    expect(order[0]).toBe('p1');
  });

  it('moves nobody when all in sight speak or are fixed', () => {
    const state = stateAfter([
      ...crowd.slice(0, 3),
      { kind: 'pin', at: 80, tile: 'p1', pinned: true },
      { kind: 'speakers', at: 91, identities: ['p3'] },
    ]);
    expect(tileOrder(state, ['p1', 'p2', 'p3'], 1)).toEqual(['p1', 'p2', 'p3']);
    expect(
      tileOrder(withNews(state, { kind: 'speakers', at: 92, identities: ['p2', 'p3'] }), [], 2),
    ).toEqual(['p1', 'p2', 'p3']);
  });

  it('puts the pinned first', () => {
    const state = stateAfter([...crowd, { kind: 'pin', at: 99, tile: 'p7', pinned: true }]);
    expect(tileOrder(state, [], 25)[0]).toBe('p7');
  });
});
