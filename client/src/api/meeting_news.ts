import type { Meeting } from '../call/meeting';
import { isRecord } from './problems';

const REOPEN_AFTER = 5000;

/** Hears every change of a meeting from outside it, until the returned function is called. */
export function followMeeting(slug: string, heard: (meeting: Meeting) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/j/${encodeURIComponent(slug)}/peristiwa`);
    source.addEventListener('state', (event) => {
      const meeting = meetingFrom(event.data);
      if (meeting !== null) {
        heard(meeting);
      }
    });
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, REOPEN_AFTER * (0.5 + Math.random()));
      }
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function meetingFrom(data: unknown): Meeting | null {
  try {
    const value: unknown = JSON.parse(String(data));
    return isMeeting(value) ? value : null;
  } catch (error) {
    console.warn('unreadable news of the meeting', error);
    return null;
  }
}

export function isMeeting(value: unknown): value is Meeting {
  return isRecord(value) && typeof value.slug === 'string' && typeof value.state === 'string';
}
