import type { MediaNotice } from '../../media/listener';
import { t } from '../../texts';
import { troubleSentence } from '../../ui/trouble_sentence';

/** What happened to our own sound or picture, in one sentence; empty when there is nothing to say. */
export function mediaSentence(notice: MediaNotice): string {
  switch (notice.kind) {
    case 'muted_by_host':
      if (notice.source === 'microphone') return t.call.mutedByHost;
      return notice.source === 'camera' ? t.call.cameraStoppedByHost : t.call.shareStoppedByHost;
    case 'device_lost':
      return notice.source === 'camera' ? t.devices.lostCamera : t.devices.lostMicrophone;
    case 'device_trouble':
      return notice.source === 'microphone' || notice.source === 'camera'
        ? troubleSentence(notice.source, notice.trouble, t)
        : t.devices.shareFailed;
    case 'publish_failed':
      return t.call.publishFailed;
    default:
      return '';
  }
}
