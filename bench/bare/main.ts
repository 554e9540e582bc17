/** The least that joins a meeting with livekit-client: its defaults, one button, one picture. */
import { Room, RoomEvent, Track } from 'livekit-client';

const remote = document.querySelector<HTMLElement>('#remote');

async function enter(): Promise<void> {
  const answer = await fetch('/token', { method: 'POST' });
  const { livekit_url, token } = await answer.json();
  const room = new Room();
  room.on(RoomEvent.TrackSubscribed, (track) => {
    const place = track.kind === Track.Kind.Video ? remote : document.body;
    place?.append(track.attach());
  });
  await room.connect(livekit_url, token);
  await room.localParticipant.enableCameraAndMicrophone();
}

document.querySelector('#enter')?.addEventListener('click', () => void enter());
