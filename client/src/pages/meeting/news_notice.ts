import type { Message } from '../../call/chat';
import { type CallState, type News, peopleIn } from '../../call/state';
import { t } from '../../texts';

/** Above this number comings and goings are no news any more. */
const SMALL = 12;

/** The sentence a piece of news deserves, or null. */
export function newsNotice(
  before: CallState,
  after: CallState,
  news: News,
  since: { self: string; connected: boolean; historyUpTo: number },
): string | null {
  switch (news.kind) {
    case 'person':
    case 'gone':
      return since.connected ? comingOrGoing(before, after) : null;
    case 'meeting':
      return lockChange(before, after);
    case 'link':
      return linkChange(before, after, since.connected);
    case 'chat':
      return freshMessage(before, after, since);
    default:
      return null;
  }
}

function comingOrGoing(before: CallState, after: CallState): string | null {
  const was = peopleIn(before);
  const is = peopleIn(after);
  if (is.length > SMALL || before.link.value !== 'connected') {
    return null;
  }
  const came = is.find((person) => !was.some((one) => one.identity === person.identity));
  if (came !== undefined && !came.self) {
    return t.call.joined(came.name);
  }
  const went = was.find((person) => !is.some((one) => one.identity === person.identity));
  return went !== undefined && !went.self ? t.call.left(went.name) : null;
}

function lockChange(before: CallState, after: CallState): string | null {
  const was = before.meeting.value.locked;
  const is = after.meeting.value.locked;
  if (was === is) {
    return null;
  }
  return is ? t.call.meetingLocked : t.call.meetingUnlocked;
}

function linkChange(before: CallState, after: CallState, started: boolean): string | null {
  const back = before.link.value !== 'connected' && after.link.value === 'connected';
  return started && back ? t.call.reconnected : null;
}

function freshMessage(
  before: CallState,
  after: CallState,
  since: { self: string; historyUpTo: number },
): string | null {
  const last: Message | undefined = after.chat[after.chat.length - 1];
  const known = before.chat[before.chat.length - 1]?.number ?? 0;
  if (last === undefined || last.number <= Math.max(known, since.historyUpTo)) {
    return null;
  }
  if (last.participant_id === since.self) {
    return null;
  }
  return `${last.name}: ${last.text.slice(0, 80)}`;
}
