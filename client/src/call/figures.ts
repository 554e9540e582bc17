/** Bytes as people in Indonesia read them on a phone bill: "42 MB", "1,3 GB". */
export function dataAmount(bytes: number, locale: string): string {
  const megabytes = Math.max(0, bytes) / 1_000_000;
  if (megabytes < 1000) {
    const digits = megabytes < 10 && megabytes >= 0.05 ? 1 : 0;
    return `${localNumber(megabytes, digits, locale)} MB`;
  }
  return `${localNumber(megabytes / 1000, 1, locale)} GB`;
}

export function localNumber(value: number, digits: number, locale: string): string {
  return value.toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

const ZONE_NAMES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** "09.00 WIB"; a zone outside Indonesia keeps its own short name. */
export function clockTime(at: Date, timeZone: string, locale: string): string {
  const hours = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
  const written = locale.startsWith('id') ? hours.replace(':', '.') : hours;
  return `${written} ${zoneName(at, timeZone, locale)}`;
}

function zoneName(at: Date, timeZone: string, locale: string): string {
  const known = ZONE_NAMES[timeZone];
  if (known !== undefined) {
    return known;
  }
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** "Selasa, 24 November 2026". */
export function calendarDate(at: Date, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(at);
}

export interface Remaining {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Time left until `then`, never below zero. */
export function remaining(now: number, then: number): Remaining {
  const seconds = Math.max(0, Math.ceil((then - now) / 1000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  };
}

/** "04:07" or "1:04:07": how long something has run or will still take, within a day. */
export function stopwatch(left: Remaining): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = left.days * 24 + left.hours;
  const tail = `${two(left.minutes)}:${two(left.seconds)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
