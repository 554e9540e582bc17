import { Room, RoomEvent, Track, VideoPreset } from 'livekit-client';
import type { Measured } from '../call/network';
import { connectionReports } from './traffic';

const MEASURE_FOR = 4000;
const CONNECT_WITHIN = 12_000;

/**
 * Connects for real to a room of one's own, sends a small moving picture for a few seconds and reads
 * what the browser measured. Throws when no connection comes about.
 */
export async function measureNetwork(url: string, token: string): Promise<Measured> {
  const room = new Room({ adaptiveStream: false, dynacast: false, disconnectOnPageLeave: true });
  const picture = movingPicture();
  try {
    room.once(RoomEvent.SignalConnected, () => void publishPicture(room, picture.track));
    await room.connect(url, token, {
      maxRetries: 0,
      peerConnectionTimeout: CONNECT_WITHIN,
      websocketTimeout: CONNECT_WITHIN,
    });
    await new Promise((resolve) => setTimeout(resolve, MEASURE_FOR));
    return measuredFrom(await connectionReports(room));
  } finally {
    picture.stop();
    await room.disconnect();
  }
}

async function publishPicture(room: Room, track: MediaStreamTrack): Promise<void> {
  try {
    await room.localParticipant.publishTrack(track, {
      source: Track.Source.Camera,
      simulcast: false,
      videoEncoding: new VideoPreset(640, 360, 500_000, 15).encoding,
    });
  } catch (error) {
    console.warn('the check could not send a picture', error);
  }
}

function movingPicture(): { track: MediaStreamTrack; stop: () => void } {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext('2d');
  const stream = canvas.captureStream(15);
  const track = stream.getVideoTracks()[0];
  if (context === null || track === undefined) {
    throw new Error('this browser draws no picture to send');
  }
  const timer = setInterval(() => {
    for (let index = 0; index < 400; index += 1) {
      context.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`;
      context.fillRect(Math.random() * 640, Math.random() * 360, 24, 24);
    }
  }, 66);
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** Reads path, round trip, loss and room upward from the browser's own figures. */
export function measuredFrom(reports: readonly RTCStatsReport[]): Measured {
  const measured: Measured = { protocol: 'udp', roundTrip: null, loss: null, uplink: null };
  for (const report of reports) {
    const pair = selectedPair(report);
    if (pair === undefined) {
      continue;
    }
    const local = report.get(pair.localCandidateId);
    if (
      local?.protocol === 'tcp' ||
      local?.relayProtocol === 'tcp' ||
      local?.relayProtocol === 'tls'
    ) {
      measured.protocol = 'tcp';
    }
    if (typeof pair.currentRoundTripTime === 'number') {
      const milliseconds = pair.currentRoundTripTime * 1000;
      measured.roundTrip = Math.max(measured.roundTrip ?? 0, milliseconds);
    }
    if (typeof pair.availableOutgoingBitrate === 'number') {
      measured.uplink = pair.availableOutgoingBitrate;
    }
    measured.loss = worstLoss(report) ?? measured.loss;
  }
  return measured;
}

/** The pair in use. Several may be nominated, as UDP and TCP are at the same time here: the transport tells. */
function selectedPair(report: RTCStatsReport): RTCIceCandidatePairStats | undefined {
  let chosen: string | undefined;
  let nominated: RTCIceCandidatePairStats | undefined;
  report.forEach((entry) => {
    if (entry.type === 'transport') {
      chosen = entry.selectedCandidatePairId ?? chosen;
    }
    // Firefox names no pair in its transport, but marks the one in use.
    if (entry.type === 'candidate-pair' && entry.nominated && (entry.selected ?? true)) {
      nominated = entry;
    }
  });
  return chosen === undefined ? nominated : report.get(chosen);
}

function worstLoss(report: RTCStatsReport): number | null {
  let worst: number | null = null;
  report.forEach((entry) => {
    if (entry.type === 'remote-inbound-rtp' && typeof entry.fractionLost === 'number') {
      worst = Math.max(worst ?? 0, entry.fractionLost);
    }
  });
  return worst;
}
