import { PublicApi } from '../api/public';
import type { Measured } from '../call/network';
import { type DeviceKind, listDevices, NO_DEVICES, onDevicesChanged } from '../media/devices';
import { Preview, type PreviewSide } from '../media/preview';
import { playTestTone, watchLevel } from '../media/sound';
import { language, t } from '../texts';
import { type NetworkView, networkView, UNCHECKED } from '../ui/network_view';
import { prefer, preferences } from './memory';

/** Devices and network before a meeting: what runs, what is chosen, what the network can carry. */
export class Readiness {
  microphone = $state.raw<PreviewSide>(null as never);
  camera = $state.raw<PreviewSide>(null as never);
  devices = $state.raw(NO_DEVICES);
  level = $state(0);
  speaker = $state<string | null>(null);
  still = $state(false);
  network = $state.raw<NetworkView>(UNCHECKED);
  readonly preview: Preview;
  private stopLevel: (() => void) | null = null;
  private measuredTrack: MediaStreamTrack | null = null;
  private readonly stopDevices: () => void;

  constructor() {
    const { devices } = preferences();
    this.preview = new Preview(() => this.look());
    this.microphone = this.preview.microphone;
    this.camera = this.preview.camera;
    this.speaker = devices.speaker;
    this.stopDevices = onDevicesChanged(() => void this.list());
  }

  /** Opens what the person had on last time; both sides start apart, so that one may fail alone. */
  start(microphone: boolean, camera: boolean): void {
    const { devices } = preferences();
    void this.preview.set('microphone', microphone, devices.microphone).then(() => this.list());
    void this.preview.set('camera', camera, devices.camera).then(() => this.list());
  }

  switch(kind: DeviceKind, on: boolean): void {
    prefer({ [kind]: on });
    void this.preview.set(kind, on).then(() => this.list());
  }

  choose(kind: DeviceKind | 'speaker', id: string): void {
    prefer({ devices: { ...preferences().devices, [kind]: id } });
    if (kind === 'speaker') {
      this.speaker = id;
    } else {
      void this.preview.set(kind, true, id);
    }
  }

  get chosen() {
    return {
      microphone: this.microphone.device,
      camera: this.camera.device,
      speaker: this.speaker,
    };
  }

  /** While entering, the preview stands still and the meter rests: the call needs the processor. */
  rest(still: boolean): void {
    this.still = still;
    this.measuredTrack = null;
    this.look();
  }

  tone(): Promise<void> {
    return playTestTone(this.speaker);
  }

  async checkNetwork(): Promise<void> {
    this.network = { ...UNCHECKED, state: 'checking' };
    this.network = networkView(await measured(), t);
  }

  close(): void {
    this.stopDevices();
    this.stopLevel?.();
    this.preview.stop();
  }

  private look(): void {
    this.microphone = this.preview.microphone;
    this.camera = this.preview.camera;
    const track = this.still ? null : this.microphone.track;
    if (track !== this.measuredTrack) {
      this.stopLevel?.();
      this.measuredTrack = track;
      this.level = 0;
      this.stopLevel = track === null ? null : watchLevel(track, (level) => (this.level = level));
    }
  }

  private async list(): Promise<void> {
    this.devices = await listDevices();
  }
}

async function measured(): Promise<Measured | null> {
  try {
    const access = new PublicApi(language).connectionCheck();
    const { measureNetwork } = await import('../media/network_check');
    const { livekit_url, token } = await access;
    return await measureNetwork(livekit_url, token);
  } catch (error) {
    console.warn('the network check failed', error);
    return null;
  }
}
