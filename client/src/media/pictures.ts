import type { RemoteTrack } from 'livekit-client';

/** How long a picture may wait for its tile; after that nobody is looking. */
const UNSEEN_FOR = 2000;

/**
 * Video elements that exist before their tile does. With adaptive stream the server sends a track only
 * while an element shows it, so the element is made in the moment the track arrives.
 */
export class Pictures {
  private readonly waiting = new Map<RemoteTrack, HTMLVideoElement>();
  private readonly holder = document.createElement('div');

  constructor() {
    this.holder.className = 'picture-holder';
    this.holder.setAttribute('aria-hidden', 'true');
    document.body.append(this.holder);
  }

  /** Starts the picture at once; resolves when its first frame is there. */
  prepare(track: RemoteTrack): Promise<void> {
    const element = document.createElement('video');
    element.playsInline = true;
    element.muted = true;
    this.holder.append(element);
    track.attach(element);
    this.waiting.set(track, element);
    setTimeout(() => this.forget(track), UNSEEN_FOR);
    return new Promise((resolve) => {
      element.addEventListener('loadeddata', () => resolve(), { once: true });
    });
  }

  /** The element made ahead, or a new one. */
  take(track: RemoteTrack): HTMLVideoElement {
    const element = this.waiting.get(track) ?? document.createElement('video');
    element.playsInline = true;
    element.muted = true;
    if (!this.waiting.delete(track)) {
      track.attach(element);
    }
    return element;
  }

  forget(track: RemoteTrack): void {
    const element = this.waiting.get(track);
    if (element !== undefined) {
      this.waiting.delete(track);
      track.detach(element);
      element.remove();
    }
  }

  close(): void {
    this.holder.remove();
  }
}
