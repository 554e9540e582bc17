/** Days and clock times in the office's zone, as the fields of the form write them. */

export interface Parts {
  /** `2026-11-24` */
  day: string;
  /** `09:00` */
  clock: string;
}

/** What the office's calendar and clock show at this moment; nothing for what is no moment. */
export function partsIn(moment: string | Date | null, zone: string | undefined): Parts | null {
  const when = new Date(moment ?? Number.NaN);
  if (Number.isNaN(when.getTime())) return null;
  const written = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(when);
  const of = (kind: string) => written.find((part) => part.type === kind)?.value ?? '';
  return {
    day: `${of('year')}-${of('month')}-${of('day')}`,
    clock: `${of('hour')}:${of('minute')}`,
  };
}
