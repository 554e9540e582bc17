import {
  Track as LiveTrack,
  LocalAudioTrack,
  type LocalTrack,
  LocalVideoTrack,
  type Room,
} from 'livekit-client';
import type { Publishing } from '../call/quality';
import { cameraCapture, publishDefaults, roomOptions } from './encodings';

/** The local tracks that outlive a connection, so that coming back sends the same picture and sound. */
export class OwnTracks {
  private kept = new Map<LiveTrack.Source, LocalTrack>();

  /** Takes the tracks of the preview over, to be published by the next connection. */
  adopt(
    microphone: MediaStreamTrack | null,
    camera: MediaStreamTrack | null,
    mode: Publishing,
  ): void {
    if (microphone !== null) {
      const track = new LocalAudioTrack(microphone, constraintsOf(microphone), false);
      track.source = LiveTrack.Source.Microphone;
      this.keep(track);
    }
    if (camera !== null) {
      const { resolution } = cameraCapture(mode);
      const constraints = { ...constraintsOf(camera), ...resolution };
      const track = new LocalVideoTrack(camera, constraints, false);
      track.source = LiveTrack.Source.Camera;
      this.keep(track);
    }
  }

  keep(track: LocalTrack): void {
    this.kept.set(track.source, track);
  }

  get(source: LiveTrack.Source): LocalTrack | undefined {
    return this.kept.get(source);
  }

  /** Publishes all that is kept; each may fail alone. */
  publishInto(room: Room, failed: (source: LiveTrack.Source) => void): void {
    for (const track of this.kept.values()) {
      room.localParticipant.publishTrack(track).catch((error: unknown) => {
        console.warn('publishing failed', track.source, error);
        failed(track.source);
      });
    }
  }

  /** Sends microphone and camera anew under other caps; the room's defaults change with them. */
  async republish(room: Room, mode: Publishing): Promise<void> {
    Object.assign(room.options, {
      publishDefaults: publishDefaults(mode),
      videoCaptureDefaults: roomOptions(mode).videoCaptureDefaults,
    });
    for (const source of [LiveTrack.Source.Microphone, LiveTrack.Source.Camera]) {
      const track = this.kept.get(source);
      if (track === undefined || room.localParticipant.getTrackPublication(source) === undefined) {
        continue;
      }
      if (track instanceof LocalVideoTrack && track.isMuted) {
        await room.localParticipant.unpublishTrack(track, true);
        this.kept.delete(source);
        continue;
      }
      await room.localParticipant.unpublishTrack(track, false);
      if (track instanceof LocalVideoTrack) {
        await track.restartTrack({ ...cameraCapture(mode), ...(await deviceOf(track)) });
      }
      await room.localParticipant.publishTrack(track);
    }
  }

  drop(source: LiveTrack.Source): void {
    this.kept.get(source)?.stop();
    this.kept.delete(source);
  }

  stop(): void {
    for (const track of this.kept.values()) {
      track.stop();
    }
    this.kept.clear();
  }
}

function constraintsOf(track: MediaStreamTrack): MediaTrackConstraints {
  const { deviceId } = track.getSettings();
  return deviceId === undefined ? {} : { deviceId: { ideal: deviceId } };
}

async function deviceOf(track: LocalTrack): Promise<{ deviceId?: string }> {
  const deviceId = await track.getDeviceId();
  return deviceId === undefined ? {} : { deviceId };
}
