import { type RemoteTrackPublication, VideoQuality } from 'livekit-client';
import { type Saving, wantedQuality } from '../call/quality';
import { sourceOf } from './person_facts';

/** Audio only: no picture is sent to us at all. Else a cap, which the tile's size lowers further. */
export function ration(publication: RemoteTrackPublication, saving: Saving): void {
  const source = sourceOf(publication.source);
  if (source !== 'camera' && source !== 'screen_share') {
    return;
  }
  const wanted = wantedQuality(saving, source);
  if ((wanted !== 'off') !== publication.isDesired) {
    publication.setSubscribed(wanted !== 'off');
  }
  if (wanted !== 'off') {
    publication.setVideoQuality(wanted === 'low' ? VideoQuality.LOW : VideoQuality.HIGH);
  }
}
