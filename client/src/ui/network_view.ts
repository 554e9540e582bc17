import { localNumber } from '../call/figures';
import type { Measured, Verdict } from '../call/network';
import { verdict } from '../call/network';
import type { Texts } from '../texts';

export interface NetworkView {
  state: 'idle' | 'checking' | 'done';
  verdict: Verdict | 'none';
  overTcp: boolean;
  details: string;
}

export const UNCHECKED: NetworkView = {
  state: 'idle',
  verdict: 'none',
  overTcp: false,
  details: '',
};

/** The measured network as one sentence and its figures; null when nothing could be measured. */
export function networkView(measured: Measured | null, t: Texts): NetworkView {
  if (measured === null) {
    return { ...UNCHECKED, state: 'done' };
  }
  const number = (value: number | null, say: (written: string) => string, scale: number) =>
    value === null ? t.network.unknown : say(localNumber(value * scale, 0, t.locale));
  return {
    state: 'done',
    verdict: verdict(measured),
    overTcp: measured.protocol === 'tcp',
    details: t.network.details(
      measured.protocol.toUpperCase(),
      number(measured.roundTrip, t.network.milliseconds, 1),
      number(measured.loss, t.network.percent, 100),
    ),
  };
}
