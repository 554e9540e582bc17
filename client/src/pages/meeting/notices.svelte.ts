import { clockTime } from '../../call/figures';
import { t } from '../../texts';
import type { LogEntry } from '../../ui/log_entry';

const SHOWN_FOR = 6000;
const KEPT = 100;

/** What the meeting tells its people: one line for six seconds, and a log for later. */
export class Notices {
  line = $state('');
  log = $state.raw<readonly LogEntry[]>([]);
  private next = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly timeZone: string) {}

  say(text: string): void {
    clearTimeout(this.timer);
    this.line = text;
    this.timer = setTimeout(() => (this.line = ''), SHOWN_FOR);
    const time = clockTime(new Date(), this.timeZone, t.locale);
    this.log = [{ id: this.next, time, text }, ...this.log].slice(0, KEPT);
    this.next += 1;
  }

  close(): void {
    clearTimeout(this.timer);
  }
}
