import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout, gridRects, isUpright, PAGE_LIMIT, type Rect, speakerLayout } from './layout';

const WIDE = { width: 1424, height: 780 };
const TABLET = { width: 804, height: 1060 };
const UPRIGHT = { width: 344, height: 680 };

const stages = fc.record({
  width: fc.integer({ min: 200, max: 4000 }),
  height: fc.integer({ min: 96, max: 2400 }),
});
const counts = fc.integer({ min: 1, max: 60 });

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `p${index}`);
}

function overlap(a: Rect, b: Rect): boolean {
  const apart =
    a.x + a.width <= b.x + 0.01 ||
    b.x + b.width <= a.x + 0.01 ||
    a.y + a.height <= b.y + 0.01 ||
    b.y + b.height <= a.y + 0.01;
  return !apart;
}

function expectSound(rects: Rect[], stage: { width: number; height: number }) {
  for (const rect of rects) {
    expect(rect.width).toBeGreaterThan(0);
    expect(rect.height).toBeGreaterThan(0);
    expect(rect.x).toBeGreaterThanOrEqual(-0.01);
    expect(rect.y).toBeGreaterThanOrEqual(-0.01);
    expect(rect.x + rect.width).toBeLessThanOrEqual(stage.width + 0.01);
    expect(rect.y + rect.height).toBeLessThanOrEqual(stage.height + 0.01);
  }
  for (const [index, rect] of rects.entries()) {
    expect(rects.slice(index + 1).some((other) => overlap(rect, other))).toBe(false);
  }
}

describe('the grid', () => {
  it('never overlaps tiles nor lets them leave the stage', () => {
    fc.assert(
      fc.property(stages, counts, (stage, count) => {
        fc.pre(stage.height >= 240);
        const { rects } = gridLayout(stage, names(count), 0);
        expect(rects).toHaveLength(Math.min(count, PAGE_LIMIT));
        expectSound(rects, stage);
      }),
    );
  });

  it.each([
    [1, 0.6],
    [2, 0.5],
    [3, 0.6],
    [4, 0.9],
    [6, 0.66],
    [9, 0.9],
    [12, 0.74],
    [16, 0.9],
    [25, 0.89],
  ])('fills a wide screen well with %i tiles', (count, share) => {
    const area = gridRects(WIDE, count).reduce((sum, rect) => sum + rect.width * rect.height, 0);
    expect(area / (WIDE.width * WIDE.height)).toBeGreaterThan(share);
  });

  it('keeps tiles 16:9 on a wide screen and on a tablet', () => {
    for (const stage of [WIDE, TABLET]) {
      for (let count = 1; count <= 25; count += 1) {
        for (const rect of gridRects(stage, count)) {
          expect(rect.width / rect.height).toBeCloseTo(16 / 9, 3);
        }
      }
    }
  });

  it('has two columns of 4:5 on an upright phone', () => {
    const rects = gridRects(UPRIGHT, 4);
    expect(new Set(rects.map((rect) => rect.x)).size).toBe(2);
    for (const rect of rects) {
      expect(rect.width / rect.height).toBeCloseTo(4 / 5, 3);
    }
  });

  it('gives one person the whole upright phone and stacks two or three', () => {
    expect(gridRects(UPRIGHT, 1)[0]).toMatchObject({ width: 344, height: 680 });
    for (const count of [2, 3]) {
      expect(new Set(gridRects(UPRIGHT, count).map((rect) => rect.x)).size).toBe(1);
    }
  });

  it('shows up to 25 on one page and turns pages after that', () => {
    expect(gridLayout(WIDE, names(25), 0).pages).toBe(1);
    const second = gridLayout(WIDE, names(26), 1);
    expect(second).toMatchObject({ page: 1, pages: 2, shown: ['p25'] });
    expect(gridLayout(WIDE, names(26), 9).page).toBe(1);
    expect(gridLayout(WIDE, names(26), -1).page).toBe(0);
  });

  it('puts the last row in the middle', () => {
    const [first, , third] = gridRects(WIDE, 3);
    expect(third?.x).toBeGreaterThan(first?.x ?? 0);
  });

  it('shows nothing without people or without room', () => {
    expect(gridRects(WIDE, 0)).toEqual([]);
    expect(gridRects({ width: 0, height: 100 }, 3)).toEqual([]);
  });

  it('knows an upright phone from a tablet', () => {
    expect([UPRIGHT, TABLET, WIDE].map(isUpright)).toEqual([true, false, false]);
  });
});

describe('the speaker view', () => {
  it('never overlaps tiles nor lets them leave the stage', () => {
    fc.assert(
      fc.property(stages, counts, fc.integer({ min: 0, max: 5 }), (stage, count, page) => {
        const layout = speakerLayout(stage, names(count), 'p0', page);
        expect(layout.rects).toHaveLength(layout.shown.length);
        expect(layout.shown[0]).toBe('p0');
        expectSound(layout.rects, stage);
      }),
    );
  });

  it('reaches everyone by turning pages', () => {
    const tiles = names(40);
    const { pages } = speakerLayout(WIDE, tiles, 'p3', 0);
    const seen = new Set<string>();
    for (let page = 0; page < pages; page += 1) {
      for (const tile of speakerLayout(WIDE, tiles, 'p3', page).shown) {
        seen.add(tile);
      }
    }
    expect(seen.size).toBe(40);
  });

  it('shows only the speaker in a strip 96 pixels high', () => {
    const layout = speakerLayout({ width: 360, height: 80 }, names(5), 'p2', 0);
    expect(layout).toMatchObject({ shown: ['p2'], pages: 1 });
  });

  it('takes the first tile when nobody is chosen, and shows nothing without tiles', () => {
    expect(speakerLayout(WIDE, names(2), null, 0).shown[0]).toBe('p0');
    expect(speakerLayout(WIDE, [], null, 0).shown).toEqual([]);
  });
});
