import { DisconnectReason, Track as LiveTrack, type Participant } from 'livekit-client';
import { isRole } from '../call/meeting';
import type { Person, Source, Track } from '../call/people';
import type { Ending } from '../call/reconnection';

const SOURCES: ReadonlyArray<[LiveTrack.Source, Source]> = [
  [LiveTrack.Source.Microphone, 'microphone'],
  [LiveTrack.Source.Camera, 'camera'],
  [LiveTrack.Source.ScreenShare, 'screen_share'],
  [LiveTrack.Source.ScreenShareAudio, 'screen_share_audio'],
];

export function sourceOf(source: LiveTrack.Source): Source | null {
  return SOURCES.find(([live]) => live === source)?.[1] ?? null;
}

export function liveSource(source: Source): LiveTrack.Source {
  return SOURCES.find(([, ours]) => ours === source)?.[0] ?? LiveTrack.Source.Unknown;
}

/** What we know of a participant now, in our own words. */
export function personFacts(participant: Participant, self: boolean): Person {
  const tracks: Partial<Record<Source, Track>> = {};
  for (const [live, ours] of SOURCES) {
    const publication = participant.getTrackPublication(live);
    if (publication !== undefined) {
      tracks[ours] = {
        id: publication.trackSid,
        muted: publication.isMuted,
        live: publication.track !== undefined,
      };
    }
  }
  const role = participant.attributes.role;
  return {
    identity: participant.identity,
    name: participant.name || participant.identity,
    organisation: participant.attributes.organisation ?? '',
    role: isRole(role) ? role : 'participant',
    self,
    joinedAt: participant.joinedAt?.getTime() ?? 0,
    quality: participant.connectionQuality,
    tracks,
  };
}

/** Why the connection ended; leaving counts only when it was us who asked for it. */
export function endingOf(reason: DisconnectReason | undefined, leaving: boolean): Ending {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return leaving ? 'left' : 'broken';
    case DisconnectReason.ROOM_DELETED:
      return 'ended';
    case DisconnectReason.PARTICIPANT_REMOVED:
      return 'removed';
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'elsewhere';
    default:
      return 'broken';
  }
}
