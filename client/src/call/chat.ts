/** One stored chat message; numbers run 1, 2, 3 … in a meeting without a gap. */
export interface Message {
  number: number;
  at: string;
  participant_id: string;
  name: string;
  text: string;
}

/** Messages sorted by number, each once. */
export type ChatLog = readonly Message[];

/** Adds messages in any order, also ones already there; the same input always ends in the same log. */
export function withMessages(log: ChatLog, added: readonly Message[]): ChatLog {
  const known = new Set(log.map((message) => message.number));
  const fresh = new Map<number, Message>();
  for (const message of added) {
    if (!known.has(message.number) && !fresh.has(message.number)) {
      fresh.set(message.number, message);
    }
  }
  if (fresh.size === 0) {
    return log;
  }
  return [...log, ...fresh.values()].sort((a, b) => a.number - b.number);
}

/** The last number before the first gap; everything up to it is here. */
export function completeUpTo(log: ChatLog): number {
  let last = 0;
  for (const message of log) {
    if (message.number !== last + 1) {
      return last;
    }
    last = message.number;
  }
  return last;
}

/** True when a later message is here while an earlier one is missing. */
export function hasGap(log: ChatLog): boolean {
  return log.length > completeUpTo(log);
}

export interface TextPart {
  text: string;
  href: string | null;
}

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;

/** Cuts a message into plain text and http(s) links; full stops and brackets after a link stay text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimmedLink(match[0]);
    if (!isSafeLink(link)) {
      continue;
    }
    if (match.index > from) {
      parts.push({ text: text.slice(from, match.index), href: null });
    }
    parts.push({ text: link, href: link });
    from = match.index + link.length;
  }
  if (from < text.length) {
    parts.push({ text: text.slice(from), href: null });
  }
  return parts;
}

function trimmedLink(link: string): string {
  let end = link.length;
  while (end > 0) {
    const last = link[end - 1] ?? '';
    const unmatched = last === ')' && !link.slice(0, end - 1).includes('(');
    if (!'.,;:!?]}'.includes(last) && !unmatched) {
      break;
    }
    end -= 1;
  }
  return link.slice(0, end);
}

function isSafeLink(link: string): boolean {
  try {
    const url = new URL(link);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
  } catch {
    return false;
  }
}
