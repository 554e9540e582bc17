import type { Message } from '../call/chat';
import type { Meeting, Role } from '../call/meeting';
import type { Source } from '../call/people';
import { send } from './http';

export interface Seat {
  seat: string;
  participant_id: string;
  name: string;
  organisation: string;
  role: Role;
  livekit_url: string;
  token: string;
  expires_at: string;
  alive_every: number;
  /** Of the last message before we came: what is behind it is news to us. */
  last_chat_number: number;
  meeting: Meeting;
}

export interface Entrant {
  name: string;
  organisation: string;
  host_key?: string;
}

export interface ChatPage {
  items: Message[];
  next: number | null;
}

interface Alive {
  last_chat_number: number;
}

export interface CheckAccess {
  livekit_url: string;
  token: string;
}

/** The operations that need no account, for one language of the reader. */
export class PublicApi {
  constructor(private readonly language: string) {}

  async meeting(slug: string): Promise<Meeting> {
    return (await this.get(`/meetings/${encodeURIComponent(slug)}`)) as Meeting;
  }

  /** A new seat, or with `seat` the same person again with a fresh token. */
  async takeSeat(slug: string, entrant: Entrant, seat: string | null): Promise<Seat> {
    const path = `/meetings/${encodeURIComponent(slug)}/seats`;
    return (await send({ method: 'POST', path, body: entrant, seat }, this.language)) as Seat;
  }

  async connectionCheck(): Promise<CheckAccess> {
    const request = { method: 'POST', path: '/connection-check', body: {} } as const;
    return (await send(request, this.language)) as CheckAccess;
  }

  private get(path: string): Promise<unknown> {
    return send({ method: 'GET', path }, this.language);
  }
}

/** What someone who has a seat may ask. */
export class SeatApi {
  constructor(
    private readonly language: string,
    private readonly seat: string | null,
  ) {}

  /** Says that we still hear the meeting; the number of the last message in its chat. */
  async alive(): Promise<number> {
    const request = { method: 'POST', path: '/seats/alive', seat: this.seat } as const;
    const answer = (await send({ ...request, keepalive: true }, this.language)) as Alive;
    return answer.last_chat_number;
  }

  async chatAfter(number: number): Promise<ChatPage> {
    const path = `/seats/chat?after=${number}`;
    return (await send({ method: 'GET', path, seat: this.seat }, this.language)) as ChatPage;
  }

  async write(text: string, idempotencyKey: string): Promise<Message> {
    const body = { text };
    const path = '/seats/chat';
    const request = { method: 'POST', path, body, seat: this.seat, idempotencyKey } as const;
    return (await send(request, this.language)) as Message;
  }

  async renameSelf(name: string): Promise<void> {
    await this.patch('/seats/me', { name });
  }

  async rename(participant: string, name: string): Promise<void> {
    await this.patch(`/seats/participants/${encodeURIComponent(participant)}`, { name });
  }

  async mute(participant: string, source: Source): Promise<void> {
    await this.post(`/seats/participants/${encodeURIComponent(participant)}/mute`, { source });
  }

  async remove(participant: string): Promise<void> {
    await this.post(`/seats/participants/${encodeURIComponent(participant)}/remove`, {});
  }

  async lock(locked: boolean): Promise<void> {
    await this.post('/seats/lock', { locked });
  }

  async end(): Promise<void> {
    await this.post('/seats/end', {});
  }

  private async post(path: string, body: unknown): Promise<void> {
    await send({ method: 'POST', path, body, seat: this.seat }, this.language);
  }

  private async patch(path: string, body: unknown): Promise<void> {
    await send({ method: 'PATCH', path, body, seat: this.seat }, this.language);
  }
}
