import { Room } from 'livekit-client';
import type { Publishing } from '../call/quality';
import { roomOptions } from './encodings';
import { steadyPolicy } from './steady_policy';

export type UsedDevice = 'microphone' | 'camera' | 'speaker';

export type PreferredDevices = Readonly<Record<UsedDevice, string | null>>;

export const DEVICE_KINDS: Readonly<Record<UsedDevice, MediaDeviceKind>> = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
};

/** The SDK's room with our caps as its defaults and the devices this person prefers. */
export function newRoom(mode: Publishing, devices: PreferredDevices): Room {
  const options = roomOptions(mode);
  return new Room({
    ...options,
    audioCaptureDefaults: { ...options.audioCaptureDefaults, ...preferred(devices.microphone) },
    videoCaptureDefaults: { ...options.videoCaptureDefaults, ...preferred(devices.camera) },
    disconnectOnPageLeave: false,
    reconnectPolicy: steadyPolicy,
  });
}

function preferred(device: string | null) {
  return device === null ? {} : { deviceId: { ideal: device } };
}
