/** The files that the join page loads before anyone enters, read from Vite's manifest. */
import { readFileSync } from 'node:fs';

const ENTRY = 'src/pages/meeting.ts';
/** Loaded while the join page shows, so that entering waits for nothing. */
const PREFETCHED = 'src/pages/meeting/stage.ts';

export function filesBeforeJoin(dist) {
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8'));
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined) {
      throw new Error(`${key} is not in the manifest; build first`);
    }
    if (!seen.has(chunk.file)) {
      seen.add(chunk.file);
      (chunk.imports ?? []).forEach(visit);
    }
  };
  visit(ENTRY);
  const atOnce = [...seen];
  visit(PREFETCHED);
  return { atOnce: paths(dist, atOnce), beforeJoin: paths(dist, [...seen]) };
}

function paths(dist, files) {
  return files.filter((file) => file.endsWith('.js')).map((file) => `${dist}/${file}`);
}
