/** What a real connection to the media server showed. */
export interface Measured {
  protocol: 'udp' | 'tcp';
  /** Round trip in milliseconds; null when none was measured. */
  roundTrip: number | null;
  /** Lost share of what we sent, 0 to 1; null when none was measured. */
  loss: number | null;
  /** Upward room in bits per second; null when the browser gives none. */
  uplink: number | null;
}

export type Verdict = 'good' | 'fair' | 'poor';

/** One word for a network: good carries a picture both ways, fair carries voice first. */
export function verdict(measured: Measured): Verdict {
  const { roundTrip, loss, uplink } = measured;
  if (over(roundTrip, 600) || over(loss, 0.1) || under(uplink, 80_000)) {
    return 'poor';
  }
  const strained = over(roundTrip, 250) || over(loss, 0.03) || under(uplink, 300_000);
  return strained || measured.protocol === 'tcp' ? 'fair' : 'good';
}

function over(value: number | null, limit: number): boolean {
  return value !== null && value > limit;
}

function under(value: number | null, limit: number): boolean {
  return value !== null && value < limit;
}
