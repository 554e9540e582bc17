import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChatLog, completeUpTo, hasGap, type Message, textParts, withMessages } from './chat';

function message(number: number): Message {
  return { number, at: '', participant_id: 'p', name: 'P', text: String(number) };
}

describe('the chat log', () => {
  it('is the same for any order, cutting and repetition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), fc.nat(20), (numbers, cut) => {
        const all = numbers.map(message);
        const twice = withMessages(withMessages([], all.slice(0, cut)), [...all].reverse());
        expect(twice).toEqual(withMessages([], all));
        const sorted = [...new Set(numbers)].sort((a, b) => a - b);
        expect(twice.map((one) => one.number)).toEqual(sorted);
      }),
    );
  });

  it('stays the very same when nothing is new', () => {
    const log = withMessages([], [message(1)]);
    expect(withMessages(log, [message(1)])).toBe(log);
  });

  it.each<[number[], number, boolean]>([
    [[], 0, false],
    [[1, 2, 3], 3, false],
    [[1, 3], 1, true],
    [[2], 0, true],
  ])('of %j is complete up to %i', (numbers, upTo, gap) => {
    const log: ChatLog = numbers.map(message);
    expect(completeUpTo(log)).toBe(upTo);
    expect(hasGap(log)).toBe(gap);
  });
});

describe('links in a message', () => {
  it.each<[string, string[]]>([
    ['tanpa tautan', []],
    ['lihat https://contoh.go.id.', ['https://contoh.go.id']],
    ['(https://contoh.go.id/a)', ['https://contoh.go.id/a']],
    ['https://id.wikipedia.org/wiki/A_(b) ya', ['https://id.wikipedia.org/wiki/A_(b)']],
    ['javascript:alert(1) http://a.id, http://b.id!', ['http://a.id', 'http://b.id']],
    ['https://bank.id@jahat.id/', []],
    ['https:// kosong', []],
    ['https://..', []],
  ])('%s', (text, links) => {
    const found = textParts(text).flatMap((part) => (part.href === null ? [] : [part.href]));
    expect(found).toEqual(links);
  });

  it('lose no letter of the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('https://a.id/x', ' ', '.', '))'))),
        (pieces) => {
          const text = pieces.join('');
          const parts = textParts(text);
          expect(parts.map((part) => part.text).join('')).toBe(text);
          for (const { href } of parts) {
            expect(href === null || /^https?:\/\//i.test(href)).toBe(true);
          }
        },
      ),
    );
  });
});
