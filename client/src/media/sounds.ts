import { type RemoteTrack, Track } from 'livekit-client';

/** The audio elements of the others, out of sight but in the page. */
export class Sounds {
  private readonly holder = document.createElement('div');

  constructor() {
    this.holder.hidden = true;
    document.body.append(this.holder);
  }

  play(track: RemoteTrack, identity: string): void {
    if (track.kind === Track.Kind.Audio) {
      const element = track.attach();
      element.dataset.identity = identity;
      this.holder.append(element);
    }
  }

  stop(track: RemoteTrack): void {
    for (const element of track.detach()) {
      if (track.kind === Track.Kind.Audio) {
        element.remove();
      }
    }
  }

  silence(): void {
    this.holder.replaceChildren();
  }

  close(): void {
    this.holder.remove();
  }
}
