import { followMeeting } from '../../api/meeting_news';
import { Refused } from '../../api/problems';
import { type Entrant, PublicApi, type Seat } from '../../api/public';
import type { Meeting } from '../../call/meeting';
import { mayReturn } from '../../call/reconnection';
import { language, t } from '../../texts';
import {
  changeSeat,
  forgetRemoved,
  forgetSeat,
  keepRemoved,
  keepSeat,
  keptSeat,
  prefer,
  preferences,
  removedSeat,
} from '../memory';
import type { PageData } from '../page_data';
import { Readiness } from '../readiness.svelte';
import { type End, endFor } from './ends';
import type { Inside, InsidePage } from './inside.svelte';

type Wanted = { microphone: boolean; camera: boolean };
type Loaded = typeof import('./inside.svelte');

export type View =
  | { kind: 'loading' }
  | { kind: 'door' }
  | { kind: 'inside'; inside: Inside; Page: typeof InsidePage }
  | { kind: 'end'; end: End };

/** Those who wait come in within this time, not all in one moment (milliseconds). */
const SPREAD = 400;

/** Rehearsing waits until the door has settled (milliseconds). */
const REHEARSE_AFTER = 300;

const loadInside = (): Promise<Loaded> => import('./inside.svelte');

/** One visit to a meeting's address: the door, waiting, the meeting, and how it ended. */
export class Visit {
  view = $state.raw<View>({ kind: 'loading' });
  meeting = $state.raw<Meeting | null>(null);
  entry = $state({ name: '', organisation: '' });
  busy = $state(false);
  waiting = $state(false);
  refusal = $state<string | null>(null);
  readonly readiness = new Readiness();
  private readonly api = new PublicApi(language);
  private readonly slug: string;
  private stopFollowing: (() => void) | null = null;

  constructor(data: PageData) {
    const kept = preferences();
    this.slug = data.slug;
    this.meeting = data.meeting;
    this.entry.name = data.accountName || kept.name;
    this.entry.organisation = data.accountOrganisation || kept.organisation;
  }

  /** Goes to the door, or straight back in after a reload. */
  async start(): Promise<void> {
    if (this.meeting === null) {
      await this.lookUp();
    }
    if (this.meeting === null) {
      return;
    }
    if (this.meeting.state === 'ended') {
      this.finish({ kind: 'ended' });
      return;
    }
    const seat = keptSeat(this.slug);
    if (seat?.inside === true && mayReturn(seat.seenAt, Date.now())) {
      this.entry = { name: seat.name, organisation: seat.organisation };
      await this.enter(seat);
    } else {
      this.openDoor();
      void warmUp();
    }
  }

  openDoor(): void {
    this.readiness.rest(false);
    const { microphone, camera } = preferences();
    this.view = { kind: 'door' };
    this.readiness.start(microphone, camera);
    this.stopFollowing ??= followMeeting(this.slug, (meeting) => this.hear(meeting));
  }

  /** Asks for the seat at once; what the meeting needs has been loaded meanwhile. */
  async enter(back: Wanted | null = null): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.refusal = null;
    const entrant = this.entrant();
    const seatComing = this.takeSeat(entrant);
    this.readiness.rest(true);
    const preparing = loadInside().then((loaded) => ({ loaded, media: loaded.prepareCall() }));
    try {
      const seat = await seatComing;
      const { loaded, media } = await preparing;
      this.goIn(seat, loaded, media, entrant, back ?? this.wanted());
    } catch (error) {
      this.busy = false;
      this.readiness.rest(false);
      this.beRefused(error);
      preparing.then(({ media }) => media.close()).catch(() => {});
    }
    prefer({ name: entrant.name, organisation: entrant.organisation });
  }

  /** From the last page: into the meeting again, as the same person. */
  async again(): Promise<void> {
    if (this.meeting === null) {
      this.view = { kind: 'loading' };
      await this.start();
      return;
    }
    const left = this.view.kind === 'end' && this.view.end.kind === 'left';
    this.openDoor();
    if (!left && this.entry.name.trim() !== '') {
      await this.enter();
    }
  }

  stopWaiting(): void {
    this.waiting = false;
  }

  private wanted(): Wanted {
    return { microphone: this.readiness.microphone.on, camera: this.readiness.camera.on };
  }

  private entrant(): Entrant {
    const key = new URLSearchParams(location.hash.slice(1)).get('host');
    return {
      name: this.entry.name.trim(),
      organisation: this.entry.organisation.trim(),
      ...(key === null ? {} : { host_key: key }),
    };
  }

  private async takeSeat(entrant: Entrant): Promise<Seat> {
    const secret = keptSeat(this.slug)?.secret ?? removedSeat(this.slug);
    try {
      return await this.api.takeSeat(this.slug, entrant, secret);
    } catch (error) {
      if (secret !== null && error instanceof Refused && error.code === 'seat_unknown') {
        forgetSeat(this.slug);
        forgetRemoved(this.slug);
        return this.api.takeSeat(this.slug, entrant, null);
      }
      throw error;
    }
  }

  private goIn(
    seat: Seat,
    loaded: Loaded,
    media: ReturnType<Loaded['prepareCall']>,
    entrant: Entrant,
    wanted: Wanted,
  ): void {
    const inside = new loaded.Inside({
      seat,
      media,
      entrant,
      takeTracks: () => this.readiness.preview.take(),
      wanted,
      ready: () => this.showInside(inside, loaded),
      over: (end) => this.finish(end),
    });
    this.waiting = false;
    const { name, organisation } = seat;
    const now = { seenAt: Date.now(), inside: true, ...wanted };
    keepSeat(this.slug, { secret: seat.seat, name, organisation, ...now });
    forgetRemoved(this.slug);
  }

  private showInside(inside: Inside, loaded: Loaded): void {
    if (this.view.kind === 'inside' || this.view.kind === 'end') {
      return;
    }
    this.busy = false;
    this.meeting = inside.call.meeting.value;
    this.view = { kind: 'inside', inside, Page: loaded.InsidePage };
    this.stopFollowing?.();
    this.stopFollowing = null;
  }

  private beRefused(error: unknown): void {
    if (error instanceof Refused && error.code === 'meeting_not_open') {
      if (this.view.kind !== 'door') {
        this.openDoor();
      }
      this.waiting = true;
      return;
    }
    if (error instanceof Refused && (error.status === 422 || error.status === 429)) {
      this.refusal = error.detail || t.call.actionFailed;
      if (this.view.kind !== 'door') {
        this.openDoor();
      }
      return;
    }
    if (!(error instanceof Refused)) {
      console.warn('entering failed', error);
    }
    this.finish(endFor(error));
  }

  private hear(meeting: Meeting): void {
    const opened = this.meeting?.state !== 'open' && meeting.state === 'open';
    this.meeting = meeting;
    if (this.view.kind !== 'door') {
      return;
    }
    if (meeting.state === 'ended') {
      this.finish({ kind: 'ended' });
    } else if (meeting.state === 'open' && this.waiting) {
      setTimeout(() => void this.enter(), Math.random() * SPREAD);
    } else if (opened) {
      this.refusal = null;
    }
  }

  private async lookUp(): Promise<void> {
    try {
      this.meeting = await this.api.meeting(this.slug);
    } catch (error) {
      this.finish(endFor(error));
    }
  }

  private finish(end: End): void {
    this.stopFollowing?.();
    this.stopFollowing = null;
    this.readiness.preview.stop();
    this.waiting = false;
    this.busy = false;
    const seat = keptSeat(this.slug);
    if (end.kind === 'removed' && seat !== null) {
      keepRemoved(this.slug, seat.secret);
    }
    changeSeat(this.slug, { inside: false });
    this.view = { kind: 'end', end };
  }
}

/** Loads the meeting while the door shows, and draws its pieces once where nobody sees them. */
async function warmUp(): Promise<void> {
  try {
    const { rehearse } = await loadInside();
    setTimeout(rehearse, REHEARSE_AFTER);
  } catch (error) {
    console.warn('the meeting is not loaded yet', error);
  }
}
