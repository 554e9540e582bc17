import { DeviceError, type DeviceKind, type DeviceTrouble, openDevice } from './devices';

export interface PreviewSide {
  /** What the person wants; stays on even while a device is missing. */
  on: boolean;
  starting: boolean;
  track: MediaStreamTrack | null;
  trouble: DeviceTrouble | null;
  device: string | null;
}

const IDLE: PreviewSide = { on: false, starting: false, track: null, trouble: null, device: null };

/** Microphone and camera before the meeting; the tracks go into the call as they are. */
export class Preview {
  microphone: PreviewSide = IDLE;
  camera: PreviewSide = IDLE;
  private turn = { microphone: 0, camera: 0 };

  constructor(private readonly changed: () => void) {}

  /** Switches one side on (with a device, or the last one) or off. */
  async set(
    kind: DeviceKind,
    on: boolean,
    device: string | null = this[kind].device,
  ): Promise<void> {
    this.turn[kind] += 1;
    const turn = this.turn[kind];
    this[kind].track?.stop();
    this.update(kind, { on, device, track: null, trouble: null, starting: on });
    if (!on) {
      return;
    }
    try {
      const track = await openDevice(kind, device);
      if (turn !== this.turn[kind]) {
        track.stop();
        return;
      }
      track.addEventListener('ended', () => this.lost(kind, track));
      this.update(kind, { track, starting: false, device: track.getSettings().deviceId ?? device });
    } catch (error) {
      if (turn === this.turn[kind]) {
        const trouble = error instanceof DeviceError ? error.trouble : 'missing';
        this.update(kind, { starting: false, trouble });
      }
    }
  }

  /** Hands the running tracks over; the preview forgets them. */
  take(): { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null } {
    const taken = { microphone: this.microphone.track, camera: this.camera.track };
    this.turn.microphone += 1;
    this.turn.camera += 1;
    this.update('microphone', { track: null, starting: false });
    this.update('camera', { track: null, starting: false });
    return taken;
  }

  stop(): void {
    const { microphone, camera } = this.take();
    microphone?.stop();
    camera?.stop();
  }

  private lost(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this[kind].track === track) {
      this.update(kind, { track: null, trouble: 'missing' });
    }
  }

  private update(kind: DeviceKind, change: Partial<PreviewSide>): void {
    this[kind] = { ...this[kind], ...change };
    this.changed();
  }
}
