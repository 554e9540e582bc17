import type { Message } from '../call/chat';
import type { Meeting } from '../call/meeting';
import { isMeeting } from './meeting_news';
import { isRecord } from './problems';

export type ServerNews = { kind: 'chat'; item: Message } | { kind: 'meeting'; meeting: Meeting };

/** News the server sent into the call; null for kinds this page does not know. */
export function serverNews(data: unknown): ServerNews | null {
  if (!isRecord(data)) {
    return null;
  }
  if (data.kind === 'chat' && isMessage(data.item)) {
    return { kind: 'chat', item: data.item };
  }
  if (data.kind === 'meeting' && isMeeting(data.meeting)) {
    return { kind: 'meeting', meeting: data.meeting };
  }
  return null;
}

function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) &&
    Number.isInteger(value.number) &&
    typeof value.text === 'string' &&
    typeof value.name === 'string' &&
    typeof value.participant_id === 'string' &&
    typeof value.at === 'string'
  );
}
