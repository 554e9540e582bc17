import { describe, expect, it } from 'vitest';
import { calendarDate, clockTime, dataAmount, remaining, stopwatch } from './figures';
import { actionsOn, may } from './may';
import { isRole, type Role } from './meeting';
import { type Measured, verdict } from './network';
import { initials, isHeard, isSeen, isSharing, type Person } from './people';
import { publishing, wantedQuality } from './quality';
import { isFinal, mayReturn, RETURN_WITHIN, waitBefore } from './reconnection';
import { commandFor, type Pressed } from './shortcuts';

const ID = 'id-ID';

describe('figures', () => {
  it.each([
    [0, '0 MB'],
    [-5, '0 MB'],
    [49_000, '0 MB'],
    [840_000, '0,8 MB'],
    [42_300_000, '42 MB'],
    [999_400_000, '999 MB'],
    [1_280_000_000, '1,3 GB'],
  ])('%i bytes are %s', (bytes, written) => {
    expect(dataAmount(bytes, ID)).toBe(written);
  });

  it.each([
    ['Asia/Jakarta', ID, '09.00 WIB'],
    ['Asia/Makassar', ID, '10.00 WITA'],
    ['Asia/Jayapura', 'en-GB', '11:00 WIT'],
    ['UTC', 'en-GB', '02:00 UTC'],
  ])('the clock in %s says it as people do', (zone, locale, written) => {
    expect(clockTime(new Date('2026-11-24T02:00:00Z'), zone, locale)).toBe(written);
  });

  it('writes dates in full', () => {
    const at = new Date('2026-11-24T02:00:00Z');
    expect(calendarDate(at, 'Asia/Jakarta', ID)).toBe('Selasa, 24 November 2026');
  });

  it.each([
    [0, '00:00'],
    [247_000, '04:07'],
    [3_847_000, '1:04:07'],
    [90_000_000, '25:00:00'],
    [-1000, '00:00'],
  ])('%i ms left are %s', (left, written) => {
    expect(stopwatch(remaining(0, left))).toBe(written);
  });
});

function person(change: Partial<Person> = {}): Person {
  return {
    identity: 'p',
    name: 'P',
    organisation: '',
    role: 'participant',
    self: false,
    joinedAt: 0,
    quality: 'good',
    tracks: {},
    ...change,
  };
}

const on = { id: 't', muted: false, live: true };
const off = { id: 't', muted: true, live: true };

describe('what a role may do', () => {
  it.each<[Role, boolean, boolean, boolean]>([
    ['host', true, true, true],
    ['participant', true, false, true],
    ['viewer', false, false, true],
  ])('%s', (role, speaks, ends, writes) => {
    expect([may(role, 'speak'), may(role, 'end'), may(role, 'write')]).toEqual([
      speaks,
      ends,
      writes,
    ]);
  });

  it.each<[string, Role, Person, string[]]>([
    ['a host, on oneself', 'host', person({ self: true }), ['rename']],
    ['a participant, on others', 'participant', person(), []],
    ['a host, on someone silent', 'host', person(), ['rename', 'remove']],
    [
      'a host, on someone who sends all',
      'host',
      person({ tracks: { microphone: on, camera: on, screen_share: on } }),
      ['mute', 'stop_camera', 'stop_share', 'rename', 'remove'],
    ],
    [
      'a host, on someone muted',
      'host',
      person({ tracks: { microphone: off } }),
      ['rename', 'remove'],
    ],
  ])('%s', (_name, role, one, actions) => {
    expect(actionsOn(role, one)).toEqual(actions);
  });

  it('knows the roles', () => {
    expect(['host', 'viewer', 'admin', undefined].map(isRole)).toEqual([true, true, false, false]);
  });
});

describe('people', () => {
  it('are heard, seen and sharing while their tracks run', () => {
    const active = person({ tracks: { microphone: on, camera: on, screen_share: on } });
    const quiet = person({ tracks: { microphone: off, camera: off, screen_share: off } });
    expect([isHeard, isSeen, isSharing].map((ask) => ask(active))).toEqual([true, true, true]);
    expect([isHeard, isSeen, isSharing].map((ask) => ask(quiet))).toEqual([false, false, false]);
    expect([isHeard, isSeen, isSharing].map((ask) => ask(person()))).toEqual([false, false, false]);
  });

  it.each([
    ['Siti Nurhaliza', 'SN'],
    ['Drs. H. Ahmad Fauzi', 'AF'],
    ['sukarno', 'S'],
    ['Ibu', 'I'],
    ['', ''],
    ['Dewi Ayu Lestari', 'DL'],
  ])('%s is shortened to %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('quality', () => {
  it.each([
    [false, false, 'high', 'high', 'full'],
    [true, false, 'low', 'high', 'saver'],
    [false, true, 'off', 'off', 'voice'],
    [true, true, 'off', 'off', 'voice'],
  ] as const)('saver %s, audio only %s', (dataSaver, audioOnly, camera, screen, sent) => {
    const saving = { dataSaver, audioOnly };
    expect(wantedQuality(saving, 'camera')).toBe(camera);
    expect(wantedQuality(saving, 'screen_share')).toBe(screen);
    expect(publishing(saving)).toBe(sent);
  });
});

describe('the network in one word', () => {
  const good: Measured = { protocol: 'udp', roundTrip: 40, loss: 0, uplink: 2_000_000 };
  it.each<[Partial<Measured>, string]>([
    [{}, 'good'],
    [{ roundTrip: null, loss: null, uplink: null }, 'good'],
    [{ protocol: 'tcp' }, 'fair'],
    [{ roundTrip: 300 }, 'fair'],
    [{ loss: 0.05 }, 'fair'],
    [{ uplink: 200_000 }, 'fair'],
    [{ roundTrip: 900 }, 'poor'],
    [{ loss: 0.2 }, 'poor'],
    [{ uplink: 50_000 }, 'poor'],
  ])('%j', (change, word) => {
    expect(verdict({ ...good, ...change })).toBe(word);
  });
});

describe('coming back', () => {
  it('waits longer each time, spread by half, and never more than fifteen seconds', () => {
    expect(waitBefore(0, 0)).toBe(200);
    expect(waitBefore(0, 1)).toBe(600);
    expect(waitBefore(3, 0.5)).toBe(3200);
    expect(waitBefore(50, 1)).toBe(15_000);
    expect(waitBefore(-1, -1)).toBe(200);
  });

  it('goes straight in only while the seat is fresh', () => {
    expect(mayReturn(1000, 1000 + RETURN_WITHIN)).toBe(true);
    expect(mayReturn(1000, 1001 + RETURN_WITHIN)).toBe(false);
    expect(mayReturn(2000, 1000)).toBe(false);
  });

  it('gives up on final refusals only', () => {
    expect(isFinal('participant_removed')).toBe(true);
    expect(isFinal('too_many_requests')).toBe(false);
  });
});

describe('shortcuts', () => {
  const pressed: Pressed = {
    key: 'm',
    ctrl: false,
    meta: false,
    alt: false,
    typing: false,
    onControl: false,
  };
  it.each<[Partial<Pressed>, string | null]>([
    [{ key: 'm' }, 'microphone'],
    [{ key: 'M' }, 'microphone'],
    [{ key: 'd', ctrl: true }, 'microphone'],
    [{ key: 'e', meta: true }, 'camera'],
    [{ key: 'd' }, null],
    [{ key: 'c', ctrl: true }, null],
    [{ key: 'm', alt: true }, null],
    [{ key: 'm', typing: true }, null],
    [{ key: 'd', ctrl: true, typing: true }, null],
    [{ key: 'Escape', typing: true }, 'close'],
    [{ key: ' ' }, 'talk'],
    [{ key: ' ', onControl: true }, null],
    [{ key: '?' }, 'help'],
    [{ key: 'z' }, null],
  ])('%j means %s', (change, command) => {
    expect(commandFor({ ...pressed, ...change })).toBe(command);
  });
});
