import { type RemoteTrackPublication, type Room, VideoQuality } from 'livekit-client';
import { type Saving, wantedQuality } from '../call/quality';
import { sourceOf } from './person_facts';

/**
 * Sound always; with audio only no picture is sent to us at all. Else a cap, which the tile's size lowers
 * further. What holds already is not sent again: asking for the top layer would delay the first picture.
 */
export function ration(publication: RemoteTrackPublication, saving: Saving): void {
  const source = sourceOf(publication.source);
  if (source !== 'camera' && source !== 'screen_share') {
    subscribe(publication, true);
    return;
  }
  const wanted = wantedQuality(saving, source);
  subscribe(publication, wanted !== 'off');
  const cap = wanted === 'low' ? VideoQuality.LOW : VideoQuality.HIGH;
  if (wanted !== 'off' && publication.videoQuality !== cap) {
    publication.setVideoQuality(cap);
  }
}

function subscribe(publication: RemoteTrackPublication, wanted: boolean): void {
  if (wanted !== publication.isDesired) {
    publication.setSubscribed(wanted);
  }
}

export function rationAll(room: Room, saving: Saving): void {
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) {
      ration(publication, saving);
    }
  }
}
