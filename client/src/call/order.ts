import { type CallState, peopleIn, pinnedTiles, tilesOf } from './state';

/**
 * The order of tiles: pinned first, then as before, newcomers at the end. Who speaks on a later page
 * changes places with the one on the first page who has been silent longest, so that tiles rarely move.
 */
export function tileOrder(
  state: CallState,
  before: readonly string[],
  firstPage: number,
): string[] {
  const tiles = tilesOf(peopleIn(state));
  const there = new Set(tiles);
  const pinned = pinnedTiles(state).filter((tile) => there.has(tile));
  const screens = tiles.filter((tile) => tile.startsWith('screen:'));
  const front = new Set([...pinned, ...screens]);
  const kept = before.filter((tile) => there.has(tile) && !front.has(tile));
  const known = new Set(kept);
  const fresh = tiles.filter((tile) => !known.has(tile) && !front.has(tile));
  const order = [...front, ...kept, ...fresh];
  return withSpeakersInSight(state, order, front.size, firstPage);
}

function withSpeakersInSight(
  state: CallState,
  tiles: readonly string[],
  fixed: number,
  firstPage: number,
): string[] {
  const order = [...tiles];
  const spoke = (tile: string) => state.lastSpoke[tile] ?? 0;
  for (const speaker of state.speakers.value) {
    const from = order.indexOf(speaker);
    if (from < firstPage) {
      continue;
    }
    const to = quietest(order, fixed, firstPage, spoke, state.speakers.value);
    const silent = to === null ? undefined : order[to];
    if (to !== null && silent !== undefined) {
      order[to] = speaker;
      order[from] = silent;
    }
  }
  return order;
}

function quietest(
  order: readonly string[],
  fixed: number,
  firstPage: number,
  spoke: (tile: string) => number,
  speaking: readonly string[],
): number | null {
  let best: number | null = null;
  for (let index = fixed; index < Math.min(firstPage, order.length); index += 1) {
    const tile = order[index] ?? '';
    if (speaking.includes(tile)) {
      continue;
    }
    if (best === null || spoke(tile) < spoke(order[best] ?? '')) {
      best = index;
    }
  }
  return best;
}
