import { Refused } from '../../api/problems';
import { localNumber } from '../../call/figures';
import type { Texts } from '../../texts';

/** The last page of a visit: what happened, and what one can do about it. */
export type End =
  | { kind: 'left' }
  | { kind: 'ended' }
  | { kind: 'removed' }
  | { kind: 'elsewhere' }
  | { kind: 'trouble' }
  | { kind: 'refused'; refusal: Refused };

export interface EndWords {
  title: string;
  sentence: string;
  /** The word on the button that tries to enter, or null when there is no way back. */
  again: string | null;
}

/** Turns a failed request into the page that explains it. */
export function endFor(error: unknown): End {
  if (!(error instanceof Refused)) {
    return { kind: 'trouble' };
  }
  if (error.code === 'meeting_ended') {
    return { kind: 'ended' };
  }
  if (error.code === 'participant_removed') {
    return { kind: 'removed' };
  }
  return { kind: 'refused', refusal: error };
}

export function endWords(end: End, t: Texts): EndWords {
  switch (end.kind) {
    case 'left':
      return { title: t.ends.left, sentence: t.ends.leftSay, again: t.ends.again };
    case 'ended':
      return { title: t.ends.ended, sentence: t.ends.endedSay, again: null };
    case 'removed':
      return { title: t.ends.removed, sentence: t.ends.removedSay, again: null };
    case 'elsewhere':
      return { title: t.ends.elsewhere, sentence: t.ends.elsewhereSay, again: t.ends.here };
    case 'trouble':
      return { title: t.ends.trouble, sentence: t.ends.troubleSay, again: t.retry };
    case 'refused':
      return refusalWords(end.refusal, t);
  }
}

function refusalWords(refusal: Refused, t: Texts): EndWords {
  switch (refusal.code) {
    case 'meeting_not_found':
      return { title: t.ends.notFound, sentence: t.ends.notFoundSay, again: null };
    case 'meeting_full':
      return { title: t.ends.full, sentence: fullSentence(refusal, t), again: t.retry };
    case 'meeting_locked':
      return { title: t.ends.locked, sentence: t.ends.lockedSay, again: t.retry };
    case 'too_many_requests':
      return { title: t.ends.busy, sentence: t.ends.busySay, again: t.retry };
    default:
      return {
        title: t.ends.refused,
        sentence: refusal.detail || t.call.actionFailed,
        again: t.retry,
      };
  }
}

function fullSentence(refusal: Refused, t: Texts): string {
  const { limit } = refusal.facts;
  return typeof limit === 'number'
    ? t.ends.fullSay(localNumber(limit, 0, t.locale))
    : t.ends.fullSayPlain;
}
