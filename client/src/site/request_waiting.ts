/** Requests that wait on this phone to be sent, while its page shows another one. */
import { type Draft, nextTask, noteSaved } from './request_draft';
import { handOver, type Outcome, type Way } from './request_sending';

export interface Store {
  kept: () => Promise<Draft[]>;
  keep: (draft: Draft) => Promise<boolean>;
  forget: (key: string) => Promise<void>;
}

export class Waiting {
  /** What was refused stays as it is until its own page is opened, which says why. */
  private readonly refused = new Set<string>();
  private isSending = false;

  constructor(
    private readonly shown: string,
    private readonly way: Way,
    private readonly store: Store,
    private readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  ) {}

  /** Sends what can be sent; the addresses of the requests that are sent now. */
  async send(): Promise<string[]> {
    if (this.isSending) return [];
    this.isSending = true;
    try {
      return await this.inTurn(() => this.sendAll());
    } finally {
      this.isSending = false;
    }
  }

  private async sendAll(): Promise<string[]> {
    const waiting = (await this.store.kept()).filter(
      (each) => each.wantsSending && each.key !== this.shown && !this.refused.has(each.key),
    );
    const addresses: string[] = [];
    for (const draft of waiting) {
      const end = await this.handAll(draft);
      if (end?.is === 'sent') {
        await this.store.forget(draft.key);
        addresses.push(end.address);
      } else if (end?.is !== 'no-signal') this.refused.add(draft.key);
    }
    return addresses;
  }

  /** Its own page found every screen complete before it was to be sent. */
  private async handAll(draft: Draft): Promise<Outcome | null> {
    for (;;) {
      const task = nextTask(draft, () => true);
      if (!task) return null;
      const end = await handOver(draft, task, this.way);
      if (end.is !== 'saved') return end;
      draft.code = end.code;
      noteSaved(draft, task);
      await this.store.keep(draft);
    }
  }
}
