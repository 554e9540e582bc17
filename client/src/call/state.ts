import { type ChatLog, type Message, withMessages } from './chat';
import type { Meeting } from './meeting';
import { isSharing, type Person } from './people';

/** How we stand with the media server. */
export type Link = 'connecting' | 'connected' | 'reconnecting';

/** A value and when it was heard; the later one wins, so that order and repetition do not matter. */
interface Heard<T> {
  at: number;
  value: T;
}

export interface CallState {
  people: Readonly<Record<string, Heard<Person | null>>>;
  /** Who was there at a full count; anyone not counted and not heard of since is gone. */
  present: Heard<readonly string[]>;
  speakers: Heard<readonly string[]>;
  lastSpoke: Readonly<Record<string, number>>;
  pins: Readonly<Record<string, Heard<boolean>>>;
  meeting: Heard<Meeting>;
  link: Heard<Link>;
  chat: ChatLog;
}

/** What the call hears. `at` grows with every piece of news of one page. */
export type News =
  | { kind: 'person'; at: number; person: Person }
  | { kind: 'gone'; at: number; identity: string }
  | { kind: 'present'; at: number; identities: readonly string[] }
  | { kind: 'speakers'; at: number; identities: readonly string[] }
  | { kind: 'pin'; at: number; tile: string; pinned: boolean }
  | { kind: 'meeting'; at: number; meeting: Meeting }
  | { kind: 'link'; at: number; link: Link }
  | { kind: 'chat'; messages: readonly Message[] };

export function startState(meeting: Meeting): CallState {
  return {
    people: {},
    present: { at: 0, value: [] },
    speakers: { at: 0, value: [] },
    lastSpoke: {},
    pins: {},
    meeting: { at: 0, value: meeting },
    link: { at: 0, value: 'connecting' },
    chat: [],
  };
}

/** Takes one piece of news in. Late, early and repeated news ends in the same state. */
export function withNews(state: CallState, news: News): CallState {
  switch (news.kind) {
    case 'person':
      return withPerson(state, news.person.identity, { at: news.at, value: news.person });
    case 'gone':
      return withPerson(state, news.identity, { at: news.at, value: null });
    case 'present':
      return later(state.present, news.at)
        ? { ...state, present: { at: news.at, value: news.identities } }
        : state;
    case 'speakers':
      return withSpeakers(state, news.at, news.identities);
    case 'pin':
      return later(state.pins[news.tile], news.at)
        ? { ...state, pins: { ...state.pins, [news.tile]: { at: news.at, value: news.pinned } } }
        : state;
    case 'meeting':
      return later(state.meeting, news.at)
        ? { ...state, meeting: { at: news.at, value: news.meeting } }
        : state;
    case 'link':
      return later(state.link, news.at)
        ? { ...state, link: { at: news.at, value: news.link } }
        : state;
    case 'chat':
      return { ...state, chat: withMessages(state.chat, news.messages) };
  }
}

function later(known: Heard<unknown> | undefined, at: number): boolean {
  return known === undefined || at > known.at;
}

function withPerson(state: CallState, identity: string, heard: Heard<Person | null>): CallState {
  if (!later(state.people[identity], heard.at)) {
    return state;
  }
  return { ...state, people: { ...state.people, [identity]: heard } };
}

function withSpeakers(state: CallState, at: number, identities: readonly string[]): CallState {
  const lastSpoke = { ...state.lastSpoke };
  for (const identity of identities) {
    lastSpoke[identity] = Math.max(at, lastSpoke[identity] ?? 0);
  }
  const speakers = later(state.speakers, at) ? { at, value: identities } : state.speakers;
  return { ...state, lastSpoke, speakers };
}

/** Those in the meeting, oneself first, then by the time they came. */
export function peopleIn(state: CallState): Person[] {
  const people: Person[] = [];
  const counted = new Set(state.present.value);
  for (const [identity, heard] of Object.entries(state.people)) {
    if (heard.value !== null && (heard.at > state.present.at || counted.has(identity))) {
      people.push(heard.value);
    }
  }
  return people.sort(
    (a, b) =>
      Number(b.self) - Number(a.self) ||
      a.joinedAt - b.joinedAt ||
      (a.identity < b.identity ? -1 : 1),
  );
}

export function isSpeaking(state: CallState, person: Person): boolean {
  return (
    state.speakers.value.includes(person.identity) && person.tracks.microphone?.muted === false
  );
}

/** A tile is a person or a shared screen; its id is the identity or `screen:` and the identity. */
export function screenTile(identity: string): string {
  return `screen:${identity}`;
}

export function isPinned(state: CallState, tile: string): boolean {
  return state.pins[tile]?.value === true;
}

/** Pinned tiles, the one pinned last first. */
export function pinnedTiles(state: CallState): string[] {
  return Object.entries(state.pins)
    .filter(([, pin]) => pin.value)
    .sort(([, a], [, b]) => b.at - a.at)
    .map(([tile]) => tile);
}

/** Whom to show large: the pinned, else a shared screen, else who speaks or spoke last, not oneself. */
export function mainTile(state: CallState): string | null {
  const people = peopleIn(state);
  const tiles = tilesOf(people);
  const pinned = pinnedTiles(state).find((tile) => tiles.includes(tile));
  if (pinned !== undefined) {
    return pinned;
  }
  const sharer = people.find((person) => isSharing(person) && !person.self);
  if (sharer !== undefined) {
    return screenTile(sharer.identity);
  }
  return loudest(state, people)?.identity ?? null;
}

function loudest(state: CallState, people: readonly Person[]): Person | undefined {
  const others = people.filter((person) => !person.self);
  const candidates = others.length > 0 ? others : people;
  const spoke = (person: Person) => state.lastSpoke[person.identity] ?? 0;
  return candidates.reduce<Person | undefined>(
    (best, person) => (best === undefined || spoke(person) > spoke(best) ? person : best),
    undefined,
  );
}

/** Shared screens first, then people, in the order of `people`. */
export function tilesOf(people: readonly Person[]): string[] {
  const screens = people.filter(isSharing).map((person) => screenTile(person.identity));
  return [...screens, ...people.map((person) => person.identity)];
}
