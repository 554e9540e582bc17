export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Size {
  x: number;
  y: number;
}

/** Where the tiles of one page stand; `shown[i]` stands at `rects[i]`. */
export interface Layout {
  shown: string[];
  rects: Rect[];
  page: number;
  pages: number;
}

export const PAGE_LIMIT = 25;
export const GAP = 8;

const WIDE_SHAPE = { min: 16 / 9, max: 16 / 9 };
const UPRIGHT_SHAPE = { min: 4 / 5, max: 16 / 9 };
const ALONE_SHAPE = { min: 1 / 2, max: 16 / 9 };

interface Shape {
  min: number;
  max: number;
}

/** A phone held upright, by its stage. */
export function isUpright(stage: Size): boolean {
  return stage.width < 600 && stage.height > stage.width;
}

/** All tiles of one page alike, as large as the stage lets them be, the last row in the middle. */
export function gridLayout(stage: Size, tiles: readonly string[], wantedPage: number): Layout {
  const { shown, page, pages } = paged(tiles, wantedPage, PAGE_LIMIT);
  return { shown, rects: gridRects(stage, shown.length), page, pages };
}

export function gridRects(stage: Size, count: number): Rect[] {
  if (count === 0 || stage.width <= 0 || stage.height <= 0) {
    return [];
  }
  const upright = isUpright(stage);
  let best: { columns: number; tile: Size } | null = null;
  for (const columns of columnChoices(upright, count)) {
    const tile = tileSize(stage, count, columns, shapeFor(upright, count));
    if (best === null || tile.width * tile.height > best.tile.width * best.tile.height) {
      best = { columns, tile };
    }
  }
  return best === null ? [] : placed(stage, count, best.columns, best.tile);
}

function columnChoices(upright: boolean, count: number): number[] {
  if (upright) {
    return [count <= 3 ? 1 : count <= 12 ? 2 : 3];
  }
  return Array.from({ length: count }, (_, index) => index + 1);
}

function shapeFor(upright: boolean, count: number): Shape {
  if (!upright) {
    return WIDE_SHAPE;
  }
  return count === 1 ? ALONE_SHAPE : UPRIGHT_SHAPE;
}

function tileSize(stage: Size, count: number, columns: number, shape: Shape): Size {
  const rows = Math.ceil(count / columns);
  const width = Math.max(0, (stage.width - GAP * (columns - 1)) / columns);
  const height = Math.max(0, (stage.height - GAP * (rows - 1)) / rows);
  return fitted({ width, height }, shape);
}

function fitted(space: Size, shape: Shape): Size {
  const ratio = space.height === 0 ? shape.max : space.width / space.height;
  if (ratio > shape.max) {
    return { width: space.height * shape.max, height: space.height };
  }
  if (ratio < shape.min) {
    return { width: space.width, height: space.width / shape.min };
  }
  return space;
}

function placed(stage: Size, count: number, columns: number, tile: Size): Rect[] {
  const rows = Math.ceil(count / columns);
  const top = (stage.height - rows * tile.height - (rows - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (stage.width - inRow * tile.width - (inRow - 1) * GAP) / 2;
    return {
      x: left + (index % columns) * (tile.width + GAP),
      y: top + row * (tile.height + GAP),
      ...tile,
    };
  });
}

/** One tile large, the others in a strip: at the right on a wide stage, below on an upright one. */
export function speakerLayout(
  stage: Size,
  tiles: readonly string[],
  main: string | null,
  wantedPage: number,
): Layout {
  const large = main ?? tiles[0];
  if (large === undefined || stage.width <= 0 || stage.height <= 0) {
    return { shown: [], rects: [], page: 0, pages: 1 };
  }
  const others = tiles.filter((tile) => tile !== large);
  const strip = stripFor(stage, others.length);
  const { shown, page, pages } = paged(others, wantedPage, Math.max(1, strip.room));
  const besides = shown.slice(0, strip.room);
  return {
    shown: [large, ...besides],
    rects: [strip.main, ...strip.rects.slice(0, besides.length)],
    page,
    pages: strip.room === 0 ? 1 : pages,
  };
}

interface Strip {
  main: Rect;
  rects: Rect[];
  room: number;
}

function stripFor(stage: Size, others: number): Strip {
  const whole: Rect = { x: 0, y: 0, ...stage };
  if (others === 0 || stage.height < 200) {
    return { main: whole, rects: [], room: 0 };
  }
  return stage.width >= stage.height * 1.2 ? sideStrip(stage, others) : lowerStrip(stage, others);
}

function sideStrip(stage: Size, others: number): Strip {
  const width = Math.min(240, Math.max(112, stage.width * 0.18));
  const tile = { width, height: width / (16 / 9) };
  const room = Math.min(
    others,
    Math.max(1, Math.floor((stage.height + GAP) / (tile.height + GAP))),
  );
  const top = (stage.height - room * tile.height - (room - 1) * GAP) / 2;
  const rects = Array.from({ length: room }, (_, index) => ({
    x: stage.width - width,
    y: top + index * (tile.height + GAP),
    ...tile,
  }));
  const main = { x: 0, y: 0, width: stage.width - width - GAP, height: stage.height };
  return { main, rects, room };
}

function lowerStrip(stage: Size, others: number): Strip {
  const height = Math.min(160, Math.max(72, stage.height * 0.16));
  const tile = {
    width: Math.min(stage.width, height * (isUpright(stage) ? 4 / 5 : 16 / 9)),
    height,
  };
  const room = Math.min(others, Math.max(1, Math.floor((stage.width + GAP) / (tile.width + GAP))));
  const left = (stage.width - room * tile.width - (room - 1) * GAP) / 2;
  const rects = Array.from({ length: room }, (_, index) => ({
    x: left + index * (tile.width + GAP),
    y: stage.height - height,
    ...tile,
  }));
  const main = { x: 0, y: 0, width: stage.width, height: stage.height - height - GAP };
  return { main, rects, room };
}

function paged(tiles: readonly string[], wanted: number, limit: number) {
  const pages = Math.max(1, Math.ceil(tiles.length / limit));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { shown: tiles.slice(page * limit, (page + 1) * limit), page, pages };
}
