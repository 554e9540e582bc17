/** Microphones, cameras and speakers of this device, without the media server. */

export interface Device {
  id: string;
  label: string;
}

export interface DeviceList {
  microphones: Device[];
  cameras: Device[];
  speakers: Device[];
}

export type DeviceKind = 'microphone' | 'camera';

/** Why a device gave nothing. */
export type DeviceTrouble = 'refused' | 'missing' | 'busy' | 'insecure';

export const NO_DEVICES: DeviceList = { microphones: [], cameras: [], speakers: [] };

/** The devices as the browser shows them; labels are empty until one was allowed. */
export async function listDevices(): Promise<DeviceList> {
  if (navigator.mediaDevices === undefined) {
    return NO_DEVICES;
  }
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceInfo['kind']) =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
}

/** Calls back on plugging and unplugging until the returned function is called. */
export function onDevicesChanged(changed: () => void): () => void {
  const media = navigator.mediaDevices;
  if (media === undefined) {
    return () => {};
  }
  media.addEventListener('devicechange', changed);
  return () => media.removeEventListener('devicechange', changed);
}

export const canChooseSpeaker =
  typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;

export const canShareScreen =
  typeof navigator !== 'undefined' && navigator.mediaDevices?.getDisplayMedia !== undefined;

export class DeviceError extends Error {
  constructor(readonly trouble: DeviceTrouble) {
    super(trouble);
  }
}

/** One track of a microphone or camera; throws DeviceError with what stands in the way. */
export async function openDevice(kind: DeviceKind, id: string | null): Promise<MediaStreamTrack> {
  if (navigator.mediaDevices?.getUserMedia === undefined) {
    throw new DeviceError('insecure');
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraintsFor(kind, id));
    const track = stream.getTracks()[0];
    if (track === undefined) {
      throw new DeviceError('missing');
    }
    return track;
  } catch (error) {
    throw error instanceof DeviceError ? error : new DeviceError(troubleOf(error));
  }
}

function constraintsFor(kind: DeviceKind, id: string | null): MediaStreamConstraints {
  const device = id === null ? {} : { deviceId: { ideal: id } };
  if (kind === 'microphone') {
    return {
      audio: {
        ...device,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        channelCount: 1,
      },
    };
  }
  return {
    video: {
      ...device,
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 25 },
    },
  };
}

export function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return 'refused';
  }
  if (name === 'NotReadableError' || name === 'AbortError') {
    return 'busy';
  }
  return 'missing';
}
