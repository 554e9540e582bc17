import { type LocalTrack, type Room, TrackEvent } from 'livekit-client';
import type { Source } from '../call/people';
import { troubleOf } from './devices';
import { SCREEN_CAPTURE } from './encodings';
import type { MediaNotice } from './listener';
import type { OwnTracks } from './own_tracks';
import { liveSource, sourceOf } from './person_facts';

type Switched = 'microphone' | 'camera' | 'screen_share';

/** Switching our own microphone, camera and screen, and telling why one went off without us. */
export class OwnSwitches {
  private readonly switching = new Set<Source>();
  private readonly lost = new Set<Source>();

  constructor(
    private readonly own: OwnTracks,
    private readonly notice: (notice: MediaNotice) => void,
  ) {}

  async set(room: Room, source: Switched, on: boolean): Promise<void> {
    this.switching.add(source);
    try {
      await this.apply(room, source, on);
    } catch (error) {
      this.reportTrouble(source, error);
    } finally {
      this.switching.delete(source);
      if (!on && source === 'screen_share') {
        this.own.drop(liveSource(source));
      }
    }
  }

  /** The server muted us, or the device went away; our own switching is no news. */
  explainMute(source: Source): void {
    if (!this.switching.has(source)) {
      const kind = this.lost.delete(source) ? 'device_lost' : 'muted_by_host';
      this.notice({ kind, source });
    }
  }

  /** The browser ends a track when its device is unplugged; the SDK then tries another, else mutes. */
  watchLoss(track: LocalTrack): void {
    const source = sourceOf(track.source);
    if (source === 'microphone' || source === 'camera') {
      track.on(TrackEvent.Ended, () => this.lost.add(source));
      track.on(TrackEvent.Restarted, () => this.lost.delete(source));
    }
  }

  private async apply(room: Room, source: Switched, on: boolean): Promise<void> {
    const me = room.localParticipant;
    const kept = this.own.get(liveSource(source));
    if (kept !== undefined && me.getTrackPublication(liveSource(source)) === undefined) {
      await this.switchUnsent(kept, source, on);
    } else if (source === 'microphone') {
      await me.setMicrophoneEnabled(on);
    } else if (source === 'camera') {
      await me.setCameraEnabled(on);
    } else {
      await me.setScreenShareEnabled(on, SCREEN_CAPTURE);
    }
  }

  /** A track that waits to be published is switched as it is; publishing it twice would make a twin. */
  private async switchUnsent(track: LocalTrack, source: Switched, on: boolean): Promise<void> {
    if (source === 'screen_share') {
      return;
    }
    await (on ? track.unmute() : track.mute());
  }

  private reportTrouble(source: Source, error: unknown): void {
    const trouble = troubleOf(error);
    if (source === 'screen_share' && trouble === 'refused') {
      return;
    }
    console.warn('device failed', source, error);
    this.notice({ kind: 'device_trouble', source, trouble });
  }
}
