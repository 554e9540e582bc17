import { Refused } from '../../api/problems';
import type { SeatApi } from '../../api/public';
import { type ChatLog, completeUpTo, hasGap, type Message } from '../../call/chat';
import { localNumber } from '../../call/figures';
import { t } from '../../texts';

const MOST_PAGES = 100;

export interface ConversationPorts {
  api: () => SeatApi;
  log: () => ChatLog;
  heard: (messages: readonly Message[]) => void;
}

/** Chat over HTTP: history, gaps, and sending each message once. */
export class Conversation {
  draft = $state('');
  sending = $state(false);
  trouble = $state<string | null>(null);
  loaded = $state(false);
  private fetching: Promise<void> | null = null;
  private pending: { text: string; key: string } | null = null;

  constructor(private readonly ports: ConversationPorts) {}

  /** Gets what is missing; several calls at once are one request. */
  catchUp(): Promise<void> {
    this.fetching ??= this.fetchMissing().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  /** After a message came by news: asks for the ones before it when they are missing. */
  mendGap(): void {
    if (hasGap(this.ports.log())) {
      setTimeout(() => void this.catchUp(), Math.random() * 500);
    }
  }

  /** The server told how many messages there are: asks for those that no news brought. */
  mendUpTo(number: number): void {
    if (completeUpTo(this.ports.log()) < number) {
      void this.catchUp();
    }
  }

  async send(): Promise<void> {
    const text = this.draft.trim();
    if (text === '' || this.sending) {
      return;
    }
    if (this.pending?.text !== text) {
      this.pending = { text, key: freshKey() };
    }
    this.sending = true;
    this.trouble = null;
    try {
      this.ports.heard([await this.ports.api().write(text, this.pending.key)]);
      this.pending = null;
      this.draft = '';
      this.mendGap();
    } catch (error) {
      this.trouble = sendingTrouble(error);
    } finally {
      this.sending = false;
    }
  }

  private async fetchMissing(): Promise<void> {
    try {
      let after: number | null = completeUpTo(this.ports.log());
      for (let page = 0; after !== null && page < MOST_PAGES; page += 1) {
        const { items, next } = await this.ports.api().chatAfter(after);
        this.ports.heard(items);
        after = next;
      }
      this.loaded = true;
    } catch (error) {
      console.warn('chat not loaded', error);
    }
  }
}

function sendingTrouble(error: unknown): string {
  if (!(error instanceof Refused)) {
    return t.chat.notSent;
  }
  const { limit } = error.facts;
  if (error.code === 'message_too_long' && typeof limit === 'number') {
    return t.chat.tooLong(localNumber(limit, 0, t.locale));
  }
  return error.detail || t.chat.notSent;
}

/** A random key; `crypto.randomUUID` is missing in browsers of 2020. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
