import type { DeviceKind, DeviceTrouble } from '../media/devices';
import type { Texts } from '../texts';

/** What stands in the way of a device, and what to do about it. */
export function troubleSentence(kind: DeviceKind, trouble: DeviceTrouble, t: Texts): string {
  const microphone = kind === 'microphone';
  switch (trouble) {
    case 'refused':
      return microphone ? t.devices.refusedMicrophone : t.devices.refusedCamera;
    case 'busy':
      return microphone ? t.devices.busyMicrophone : t.devices.busyCamera;
    case 'missing':
      return microphone ? t.devices.missingMicrophone : t.devices.missingCamera;
    case 'insecure':
      return t.devices.insecure;
  }
}
