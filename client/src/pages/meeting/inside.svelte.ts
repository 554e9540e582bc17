import { Refused } from '../../api/problems';
import { type Entrant, PublicApi, type Seat, SeatApi } from '../../api/public';
import { serverNews } from '../../api/server_news';
import { dataAmount } from '../../call/figures';
import { PAGE_LIMIT } from '../../call/layout';
import type { Meeting, Role } from '../../call/meeting';
import { tileOrder } from '../../call/order';
import type { Person } from '../../call/people';
import type { Saving } from '../../call/quality';
import { type Ending, isFinal, waitBefore } from '../../call/reconnection';
import {
  type CallState,
  isPinned,
  type News,
  peopleIn,
  startState,
  withNews,
} from '../../call/state';
import { Call } from '../../media/call';
import type { MediaNotice } from '../../media/listener';
import { language, t } from '../../texts';
import { changeSeat, prefer, preferences } from '../memory';
import { Conversation } from './conversation.svelte';
import { type End, endFor } from './ends';
import { HostDesk } from './host_desk';
import { mediaSentence } from './media_sentence';
import { newsNotice } from './news_notice';
import { Notices } from './notices.svelte';

type Tracks = { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null };

export type Wanted = { microphone: boolean; camera: boolean };

export interface InsideStart {
  meeting: Meeting;
  /** Hands over the tracks of the preview, once. */
  takeTracks: () => Tracks;
  /** Time to show the meeting: connected, or it takes long. */
  ready: () => void;
  over: (end: End) => void;
}

/** A connection that takes longer is watched on the stage, not at the door (milliseconds). */
const SHOW_WITHIN = 600;

const COUNT_EVERY = 5000;

/** What can wait lets the first pictures go before (milliseconds). */
const AFTER_PICTURES = 300;

/**
 * The meeting from the first connection to the last: what is known, and what one can do. It is made, and
 * drawn, while the person is still at the door; `expect` and `enter` begin it.
 */
export class Inside {
  call = $state.raw<CallState>(null as never);
  order = $state.raw<readonly string[]>([]);
  saving = $state.raw<Saving>({ dataSaver: false, audioOnly: false });
  role = $state<Role>('participant');
  soundBlocked = $state(false);
  data = $state('');
  deviceChanges = $state(0);
  wasConnected = $state(false);
  readonly notices: Notices;
  readonly conversation: Conversation;
  isShown = $state(false);
  /** The number of the last message before we came. */
  historyUpTo = $state(0);
  readonly host: HostDesk;
  readonly media: Call;
  readonly slug: string;
  private seat: Seat | null = null;
  private entrant: Entrant = { name: '', organisation: '' };
  private wanted: Wanted = { microphone: false, camera: false };
  private tookTracks: (tracks: Tracks) => void = () => {};
  private readonly tracks = new Promise<Tracks>((resolve) => {
    this.tookTracks = resolve;
  });
  private api = new SeatApi(language, null);
  private finished = false;
  private readonly timers: ReturnType<typeof setInterval>[] = [];

  constructor(private readonly start: InsideStart) {
    const { saving, devices } = preferences();
    this.slug = start.meeting.slug;
    this.saving = saving;
    this.call = startState(start.meeting);
    this.notices = new Notices(start.meeting.time_zone);
    this.conversation = new Conversation({
      api: () => this.api,
      log: () => this.call.chat,
      heard: (messages) => this.hear({ kind: 'chat', messages }),
    });
    this.host = new HostDesk(
      () => this.api,
      (text) => this.notices.say(text),
    );
    this.media = new Call(saving, devices);
    this.media.listener = {
      news: (news) => this.hear(news),
      packet: (packet) => this.hearServer(packet),
      over: (ending) => this.connectionOver(ending),
      notice: (notice) => this.hearMedia(notice),
    };
    this.data = dataAmount(0, t.locale);
  }

  /** Somebody asks for a seat; what can be made before the server answers is made. */
  expect(entrant: Entrant, wanted: Wanted): void {
    const { saving, devices } = preferences();
    this.entrant = entrant;
    this.wanted = wanted;
    this.saving = saving;
    this.media.prefer(saving, devices);
  }

  /** Takes the seat and connects; everything after that goes by news. */
  enter(seat: Seat): void {
    this.sit(seat);
    this.historyUpTo = seat.last_chat_number;
    this.call = startState(seat.meeting);
    void this.begin(seat);
  }

  /** The visit ended before the meeting was seen; nothing to do when it began and is over. */
  giveUp(): void {
    if (!this.finished) {
      this.stop();
      void this.media.leave();
    }
  }

  get people(): Person[] {
    return peopleIn(this.call);
  }

  get self(): Person | undefined {
    return this.people.find((person) => person.self);
  }

  get selfId(): string {
    return this.seat?.participant_id ?? '';
  }

  async setMicrophone(on: boolean): Promise<void> {
    changeSeat(this.slug, { microphone: on });
    await this.media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    changeSeat(this.slug, { camera: on });
    if (on && this.saving.audioOnly) {
      await this.setSaving({ ...this.saving, audioOnly: false });
    }
    await this.media.setCamera(on);
  }

  async setSaving(saving: Saving): Promise<void> {
    const before = this.saving;
    this.saving = saving;
    prefer({ saving });
    if (saving.audioOnly !== before.audioOnly) {
      this.notices.say(saving.audioOnly ? t.saving.audioOnlyOn : t.saving.audioOnlyOff);
    } else {
      this.notices.say(saving.dataSaver ? t.saving.dataSaverOn : t.saving.dataSaverOff);
    }
    await this.media.setSaving(saving);
  }

  pin(tile: string): void {
    const pinned = !isPinned(this.call, tile);
    this.hear({ kind: 'pin', at: this.media.tick(), tile, pinned });
  }

  async leave(): Promise<void> {
    this.finish({ kind: 'left' });
    await this.media.leave();
  }

  private async begin(seat: Seat): Promise<void> {
    const connecting = this.connect(seat);
    this.timers.push(setInterval(() => void this.count(), COUNT_EVERY));
    this.timers.push(setInterval(() => void this.alive(), seat.alive_every * 1000));
    setTimeout(() => this.show(), SHOW_WITHIN);
    const [tracks] = await Promise.all([this.tracks, connecting]);
    if (this.role !== 'viewer') {
      await this.startMissing(tracks);
    }
  }

  /** From now on the meeting is on the page, and the preview's tracks are ours. */
  private show(): void {
    if (this.isShown || this.finished) {
      return;
    }
    this.isShown = true;
    this.start.ready();
    const tracks = this.start.takeTracks();
    this.tookTracks(tracks);
    this.media.adopt(tracks.microphone, this.saving.audioOnly ? null : tracks.camera);
    if (this.saving.audioOnly) {
      tracks.camera?.stop();
    }
  }

  /** Devices that were wanted but not ready when the meeting began. */
  private async startMissing(tracks: Tracks): Promise<void> {
    const { wanted } = this;
    if (wanted.microphone && tracks.microphone === null) {
      await this.media.setMicrophone(true);
    }
    if (wanted.camera && tracks.camera === null && !this.saving.audioOnly) {
      await this.media.setCamera(true);
    }
  }

  private sit(seat: Seat): void {
    this.seat = seat;
    this.role = seat.role;
    this.api = new SeatApi(language, seat.seat);
  }

  /** Connects with this seat, and if that fails with a fresh one, until it holds or is refused. */
  private async connect(seat: Seat): Promise<void> {
    try {
      await this.media.connect(seat.livekit_url, seat.token);
    } catch (error) {
      console.warn('connecting failed', error);
      await this.readmit();
    }
  }

  private async readmit(): Promise<void> {
    for (let attempt = 0; !this.finished; attempt += 1) {
      await untilOnlineOr(waitBefore(attempt, Math.random()));
      if (this.finished) {
        return;
      }
      try {
        await this.comeBack();
        return;
      } catch (error) {
        if (error instanceof Refused && isFinal(error.code)) {
          this.finish(endFor(error));
          return;
        }
        console.warn('coming back failed', error);
      }
    }
  }

  private async comeBack(): Promise<void> {
    const name = this.self?.name ?? this.entrant.name;
    const seat = await new PublicApi(language).takeSeat(
      this.slug,
      { ...this.entrant, name },
      this.seat?.seat ?? null,
    );
    if (this.finished) {
      return;
    }
    this.sit(seat);
    changeSeat(this.slug, { secret: seat.seat, seenAt: Date.now() });
    this.hear({ kind: 'meeting', at: this.media.tick(), meeting: seat.meeting });
    await this.media.connect(seat.livekit_url, seat.token);
  }

  private connectionOver(ending: Ending): void {
    if (this.finished) {
      return;
    }
    if (ending === 'broken') {
      void this.readmit();
    } else {
      this.finish({ kind: ending });
    }
  }

  private finish(end: End): void {
    if (this.finished) {
      return;
    }
    this.stop();
    if (end.kind !== 'left') {
      this.media.close();
    }
    this.start.over(end);
  }

  private stop(): void {
    this.finished = true;
    for (const timer of this.timers) {
      clearInterval(timer);
    }
    this.notices.close();
  }

  private hear(news: News): void {
    const before = this.call;
    this.call = withNews(before, news);
    this.order = tileOrder(this.call, this.order, PAGE_LIMIT);
    const notice = newsNotice(before, this.call, news, {
      self: this.selfId,
      connected: this.wasConnected,
      historyUpTo: this.historyUpTo,
    });
    if (notice !== null) {
      this.notices.say(notice);
    }
    if (news.kind === 'link' && news.link === 'connected') {
      this.wasConnected = true;
      this.show();
      setTimeout(() => {
        void this.conversation.catchUp();
        void this.alive();
      }, AFTER_PICTURES);
    }
    const role = this.self?.role;
    if (role !== undefined && news.kind === 'person') {
      this.role = role;
    }
  }

  private hearServer(packet: unknown): void {
    const news = serverNews(packet);
    if (news?.kind === 'chat') {
      this.hear({ kind: 'chat', messages: [news.item] });
      this.conversation.mendGap();
    } else if (news?.kind === 'meeting') {
      this.hear({ kind: 'meeting', at: this.media.tick(), meeting: news.meeting });
    }
  }

  private hearMedia(notice: MediaNotice): void {
    if (notice.kind === 'sound_blocked') {
      this.soundBlocked = notice.blocked;
    } else if (notice.kind === 'devices_changed') {
      this.deviceChanges += 1;
    } else {
      this.notices.say(mediaSentence(notice));
    }
  }

  private async count(): Promise<void> {
    try {
      const { sent, received } = await this.media.readTraffic();
      this.data = dataAmount(sent + received, t.locale);
    } catch (error) {
      console.warn('data not counted', error);
    }
  }

  private async alive(): Promise<void> {
    if (this.finished || this.call.link.value !== 'connected') {
      return;
    }
    changeSeat(this.slug, { seenAt: Date.now() });
    try {
      this.conversation.mendUpTo(await this.api.alive());
    } catch (error) {
      console.warn('sign of life not sent', error);
    }
  }
}

/** Waits, but no longer than until the network is back. */
function untilOnlineOr(wait: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    window.addEventListener('online', done);
  });
}
