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
import type { Wanted } from './inside.svelte';
import type { Stage } from './stage';

export type View =
  | { kind: 'loading' }
  | { kind: 'door' }
  | { kind: 'inside'; stage: Stage }
  | { kind: 'end'; end: End };

/** Those who wait come in within this time, not all in one moment (milliseconds). */
const SPREAD = 400;

/** What lies behind the door is made when the door has settled (milliseconds). */
const STAGE_AFTER = 300;

const loadStage = () => import('./stage');

/** One visit to a meeting's address: the door, waiting, the meeting, and how it ended. */
export class Visit {
  view = $state.raw<View>({ kind: 'loading' });
  meeting = $state.raw<Meeting | null>(null);
  entry = $state({ name: '', organisation: '' });
  busy = $state(false);
  waiting = $state(false);
  refusal = $state<string | null>(null);
  textSize = $state('');
  readonly readiness = new Readiness();
  private readonly api = new PublicApi(language);
  private readonly slug: string;
  private stopFollowing: (() => void) | null = null;
  private stage: Promise<Stage> | null = null;

  constructor(data: PageData) {
    const kept = preferences();
    this.slug = data.slug;
    this.meeting = data.meeting;
    this.textSize = data.textSize;
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
    }
  }

  openDoor(): void {
    this.readiness.rest(false);
    const { microphone, camera } = preferences();
    this.view = { kind: 'door' };
    this.readiness.start(microphone, camera);
    this.stopFollowing ??= followMeeting(this.slug, (meeting) => this.hear(meeting));
    void this.prepare();
  }

  /** Asks for the seat at once; what lies behind the door is there by then, or made meanwhile. */
  async enter(back: Wanted | null = null): Promise<void> {
    const { meeting } = this;
    if (this.busy || meeting === null) {
      return;
    }
    this.busy = true;
    this.refusal = null;
    const entrant = this.entrant();
    const wanted = back ?? this.wanted();
    const seatComing = this.takeSeat(entrant).then((seat) => this.keep(seat, wanted));
    this.readiness.rest(true);
    const coming = this.setStage(meeting);
    const staged = coming.then((stage) => {
      stage.inside.expect(entrant, wanted);
      return stage;
    });
    try {
      const [seat, stage] = await Promise.all([seatComing, staged]);
      // Else the meeting ended meanwhile.
      if (this.stage === coming) {
        this.goIn(seat, stage);
      }
    } catch (error) {
      if (this.view.kind !== 'end') {
        this.busy = false;
        this.readiness.rest(false);
        this.beRefused(error);
      }
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

  /** Loads the meeting while the door shows, and draws it where nobody sees it. */
  private async prepare(): Promise<void> {
    try {
      const { warmUpConnections } = await loadStage();
      await new Promise((resolve) => setTimeout(resolve, STAGE_AFTER));
      if (this.view.kind === 'door' && this.meeting !== null) {
        await this.setStage(this.meeting);
        await warmUpConnections();
      }
    } catch (error) {
      console.warn('the meeting is not loaded yet', error);
    }
  }

  /** What lies behind the door: made once, and anew after a failure. */
  private setStage(meeting: Meeting): Promise<Stage> {
    this.stage ??= this.newStage(meeting).catch((error: unknown) => {
      this.stage = null;
      throw error;
    });
    return this.stage;
  }

  private async newStage(meeting: Meeting): Promise<Stage> {
    const { setStage } = await loadStage();
    const stage = setStage(
      {
        meeting,
        takeTracks: () => this.readiness.preview.take(),
        ready: () => this.showStage(stage),
        over: (end) => this.finish(end),
      },
      {
        get: () => this.textSize,
        set: (size) => (this.textSize = size),
      },
    );
    return stage;
  }

  /** At once, so that whatever fails next brings back the same person and not a second one. */
  private keep(seat: Seat, wanted: Wanted): Seat {
    const { name, organisation } = seat;
    const now = { seenAt: Date.now(), inside: false, ...wanted };
    keepSeat(this.slug, { secret: seat.seat, name, organisation, ...now });
    forgetRemoved(this.slug);
    return seat;
  }

  private goIn(seat: Seat, stage: Stage): void {
    stage.inside.enter(seat);
    this.waiting = false;
    changeSeat(this.slug, { inside: true, seenAt: Date.now() });
  }

  private showStage(stage: Stage): void {
    if (this.view.kind === 'inside' || this.view.kind === 'end') {
      return;
    }
    this.busy = false;
    this.meeting = stage.inside.call.meeting.value;
    this.view = { kind: 'inside', stage };
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
      setTimeout(() => this.waiting && void this.enter(), Math.random() * SPREAD);
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
    this.stage?.then(
      (stage) => stage.strike(),
      (error: unknown) => console.warn('there was nothing to take down', error),
    );
    this.stage = null;
  }
}
