import type { ReconnectPolicy } from 'livekit-client';

const WAITS = [0, 300, 700, 1000, 1500, 1500, 1500, 1500, 1500];

/**
 * The SDK resumes for about fifteen seconds; after that the page asks the server for a new seat
 * token, because the old one (60 s) may have run out.
 */
export const steadyPolicy: ReconnectPolicy = {
  nextRetryDelayInMs({ retryCount }) {
    const wait = WAITS[retryCount];
    return wait === undefined
      ? null
      : Math.round(wait * (0.5 + Math.random()) + Math.random() * 200);
  },
};
