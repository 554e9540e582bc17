/** Photos of a letter become small enough for mobile data, and lose where they were taken. */

export const LARGEST_BYTES = 1_000_000;
export const LARGEST_FILE = 20_000_000;
const LONGEST_SIDE = 2000;
const SHORTEST_SIDE = 900;
const QUALITIES = [0.82, 0.7, 0.58];

export interface Try {
  width: number;
  height: number;
  quality: number;
}

/** In which sizes and qualities a picture is tried until it is small enough: legible ones first. */
export function sizePlan(width: number, height: number): Try[] {
  const plan: Try[] = [];
  for (let longest = LONGEST_SIDE; longest >= SHORTEST_SIDE; longest *= 0.75) {
    const scale = Math.min(1, longest / Math.max(width, height));
    const size = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    for (const quality of QUALITIES) plan.push({ ...size, quality });
  }
  return plan;
}

/** A JPEG of at most 1 MB, upright; the file itself when it is no picture that can be read here. */
export async function shrunk(file: File): Promise<{ blob: Blob; name: string }> {
  if (file.type === 'application/pdf') return { blob: file, name: file.name };
  const picture = await decoded(file);
  if (!picture) return { blob: file, name: file.name };
  const small = await smallEnough(picture, 0);
  picture.close();
  return small ? { blob: small, name: asJpeg(file.name) } : { blob: file, name: file.name };
}

/** The same page turned by a quarter to the right; as it is when it can't be read here. */
export async function turned(blob: Blob): Promise<Blob> {
  const picture = await decoded(blob);
  if (!picture) return blob;
  const result = await smallEnough(picture, 1);
  picture.close();
  return result ?? blob;
}

/** What a phone can't decode, such as HEIC on most, is left to the server. */
export async function decoded(blob: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

async function smallEnough(picture: ImageBitmap, quarters: 0 | 1): Promise<Blob | null> {
  let smallest: Blob | null = null;
  for (const attempt of sizePlan(picture.width, picture.height)) {
    smallest = await drawn(picture, attempt, quarters);
    if (smallest && smallest.size <= LARGEST_BYTES) return smallest;
  }
  return smallest;
}

function drawn(picture: ImageBitmap, attempt: Try, quarters: 0 | 1): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = quarters ? attempt.height : attempt.width;
  canvas.height = quarters ? attempt.width : attempt.height;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  if (quarters) {
    context.translate(canvas.width, 0);
    context.rotate(Math.PI / 2);
  }
  context.drawImage(picture, 0, 0, attempt.width, attempt.height);
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', attempt.quality));
}

function asJpeg(name: string): string {
  return `${name.replace(/\.[^.]*$/, '') || 'foto'}.jpg`;
}
