import {
  ConnectionState,
  type DisconnectReason,
  Track as LiveTrack,
  type LocalTrackPublication,
  type Participant,
  RemoteTrack,
  type Room,
  RoomEvent,
} from 'livekit-client';
import type { Source } from '../call/people';
import { publishing, type Saving } from '../call/quality';
import type { Link } from '../call/state';
import { canShareScreen } from './devices';
import { type CallListener, DEAF } from './listener';
import { DEVICE_KINDS, newRoom, type PreferredDevices, type UsedDevice } from './new_room';
import { OwnSwitches } from './own_switches';
import { OwnTracks } from './own_tracks';
import { endingOf, liveSource, personFacts, sourceOf } from './person_facts';
import { Pictures } from './pictures';
import { ration, rationAll } from './rationing';
import { Sounds } from './sounds';
import { type Traffic, TrafficCounter } from './traffic';

/** How long sending our own tracks waits for the first picture of the others (milliseconds). */
const PICTURE_PATIENCE = 300;

const SERVER_TOPIC = 'pendopo';

/** One person's call over however many connections it takes; the only owner of the SDK's room. */
export class Call {
  private room: Room;
  private readonly own = new OwnTracks();
  private readonly traffic = new TrafficCounter();
  private readonly pictures = new Pictures();
  private readonly sounds = new Sounds();
  private readonly switches = new OwnSwitches(this.own, (notice) => this.listener.notice(notice));
  private leaving = false;
  private used = false;
  private established = false;
  private settling = false;
  private tracksCame: () => void = () => {};
  private readonly adopted = new Promise<void>((resolve) => {
    this.tracksCame = resolve;
  });
  private pictureCame: () => void = () => {};
  private readonly firstPicture = new Promise<void>((resolve) => {
    this.pictureCame = resolve;
  });
  private at = 0;
  private speaker: string | null = null;

  /** Whoever made the call sets this before anything can be heard. */
  listener: CallListener = DEAF;

  constructor(
    private saving: Saving,
    private devices: PreferredDevices,
  ) {
    this.room = this.listenedRoom();
    window.addEventListener('pagehide', this.onPageHide);
  }

  /** What the person chose until now; called before the first connection. */
  prefer(saving: Saving, devices: PreferredDevices): void {
    this.saving = saving;
    this.devices = devices;
    this.speaker = devices.speaker;
    this.room = this.listenedRoom();
  }

  /** Grows with every piece of news, so that later news can be told from earlier. */
  tick(): number {
    this.at += 1;
    return this.at;
  }

  adopt(microphone: MediaStreamTrack | null, camera: MediaStreamTrack | null): void {
    this.own.adopt(microphone, camera, publishing(this.saving));
    this.tracksCame();
  }

  /** Connects once; after `over('broken')` or a rejection call it again with a fresh token. */
  async connect(url: string, token: string): Promise<void> {
    if (this.used) {
      this.room = this.listenedRoom();
    }
    this.used = true;
    this.established = false;
    this.traffic.restart();
    const room = this.room;
    this.settling = true;
    room.once(RoomEvent.Connected, () => {
      rationAll(room, this.saving);
      void this.publishSoon(room);
    });
    this.tellLink('connecting');
    await room.connect(url, token, {
      // Who wants no pictures is not sent any before we could say so.
      autoSubscribe: !this.saving.audioOnly,
      maxRetries: 0,
      websocketTimeout: 10_000,
    });
    await this.keepSpeaker();
  }

  /** The chosen speaker may be unplugged by now; then sound comes from the usual one. */
  private async keepSpeaker(): Promise<void> {
    if (this.speaker === null) {
      return;
    }
    try {
      await this.choose('speaker', this.speaker);
    } catch (error) {
      console.warn('the chosen speaker is not there', error);
    }
  }

  async leave(): Promise<void> {
    this.leaving = true;
    this.own.stop();
    await this.room.disconnect();
    this.close();
  }

  /** Lets go of everything without a word to the server; for a call that is over. */
  close(): void {
    this.own.stop();
    this.sounds.close();
    this.pictures.close();
    window.removeEventListener('pagehide', this.onPageHide);
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.switchOwn('microphone', on);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.switchOwn('camera', on);
  }

  async setShare(on: boolean): Promise<void> {
    if (!on || canShareScreen) {
      await this.switchOwn('screen_share', on);
    }
  }

  async choose(kind: UsedDevice, id: string): Promise<void> {
    if (kind === 'speaker') {
      this.speaker = id;
    }
    await this.room.switchActiveDevice(DEVICE_KINDS[kind], id);
  }

  chosen(kind: UsedDevice): string | null {
    return this.room.getActiveDevice(DEVICE_KINDS[kind]) ?? null;
  }

  /** Changes what we receive at once and what we send from now on. */
  async setSaving(saving: Saving): Promise<void> {
    const before = publishing(this.saving);
    this.saving = saving;
    rationAll(this.room, saving);
    if (saving.audioOnly) {
      await this.setCamera(false);
    }
    if (publishing(saving) !== before) {
      await this.own.republish(this.room, publishing(saving));
    }
  }

  /** Shows a person's picture or screen inside `frame` until the returned function is called. */
  show(identity: string, source: Source, frame: HTMLElement): () => void {
    const participant = this.room.getParticipantByIdentity(identity);
    const track = participant?.getTrackPublication(liveSource(source))?.track;
    if (track === undefined) {
      return () => {};
    }
    const element = track instanceof RemoteTrack ? this.pictures.take(track) : ownPicture(track);
    frame.append(element);
    return () => {
      track.detach(element);
      element.remove();
    };
  }

  async startSound(): Promise<void> {
    await this.room.startAudio();
  }

  readTraffic(): Promise<Traffic> {
    return this.traffic.read(this.room);
  }

  private async switchOwn(
    source: 'microphone' | 'camera' | 'screen_share',
    on: boolean,
  ): Promise<void> {
    await this.switches.set(this.room, source, on);
    this.tell(this.room.localParticipant);
  }

  private listenedRoom(): Room {
    const room = newRoom(publishing(this.saving), this.devices);
    this.listenToPeople(room);
    this.listenToTracks(room);
    this.listenToLink(room);
    return room;
  }

  private listenToPeople(room: Room): void {
    const tell = (participant: Participant) => this.tell(participant);
    room
      .on(RoomEvent.ParticipantConnected, tell)
      .on(RoomEvent.ParticipantNameChanged, (_name, participant) => tell(participant))
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => tell(participant))
      .on(RoomEvent.ConnectionQualityChanged, (_quality, participant) => tell(participant))
      .on(RoomEvent.ParticipantDisconnected, ({ identity }) => {
        this.listener.news({ kind: 'gone', at: this.tick(), identity });
      })
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
        const identities = speakers.map((speaker) => speaker.identity);
        this.listener.news({ kind: 'speakers', at: this.tick(), identities });
      })
      .on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, identity) => {
        if (participant === undefined && !identity && topic === SERVER_TOPIC) {
          this.hearServer(payload);
        }
      });
  }

  private listenToTracks(room: Room): void {
    room
      .on(RoomEvent.TrackPublished, (publication, participant) => {
        ration(publication, this.saving);
        this.tell(participant);
      })
      .on(RoomEvent.TrackUnpublished, (_publication, participant) => this.tell(participant))
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
        this.sounds.play(track, participant.identity);
        this.see(track);
        ration(publication, this.saving);
        this.tell(participant);
      })
      .on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => {
        this.pictures.forget(track);
        this.sounds.stop(track);
        this.tell(participant);
      })
      .on(RoomEvent.TrackMuted, (publication, participant) => {
        const source = sourceOf(publication.source);
        if (participant === room.localParticipant && source !== null) {
          this.switches.explainMute(source);
        }
        this.tell(participant);
      })
      .on(RoomEvent.TrackUnmuted, (_publication, participant) => this.tell(participant))
      .on(RoomEvent.LocalTrackPublished, (publication, participant) => {
        if (publication.track !== undefined) {
          this.own.keep(publication.track);
          this.switches.watchLoss(publication.track);
        }
        this.tell(participant);
      })
      .on(RoomEvent.LocalTrackUnpublished, (publication, participant) => {
        this.dropWithdrawn(room, publication);
        this.tell(participant);
      });
  }

  private listenToLink(room: Room): void {
    room
      .on(RoomEvent.Connected, () => {
        this.established = true;
        this.settling = false;
        this.tellEveryone('connected');
      })
      .on(RoomEvent.Reconnecting, () => this.tellLink('reconnecting'))
      .on(RoomEvent.SignalReconnecting, () => this.tellLink('reconnecting'))
      .on(RoomEvent.Reconnected, () => {
        this.settling = false;
        this.tellEveryone('connected');
      })
      .on(RoomEvent.Disconnected, (reason?: DisconnectReason) => {
        this.sounds.silence();
        this.tellLink('reconnecting');
        const ending = endingOf(reason, this.leaving);
        if (this.established || ending !== 'broken') {
          this.listener.over(ending);
        }
      })
      .on(RoomEvent.MediaDevicesChanged, () => this.listener.notice({ kind: 'devices_changed' }))
      .on(RoomEvent.AudioPlaybackStatusChanged, () => {
        this.listener.notice({ kind: 'sound_blocked', blocked: !room.canPlaybackAudio });
      });
  }

  private tell(participant: Participant): void {
    if (participant.identity === '' || this.settling) {
      return;
    }
    const person = personFacts(participant, participant === this.room.localParticipant);
    this.listener.news({ kind: 'person', at: this.tick(), person });
  }

  private tellEveryone(link?: Link): void {
    const everyone = [this.room.localParticipant, ...this.room.remoteParticipants.values()];
    const identities = everyone.map((participant) => participant.identity);
    this.listener.news({ kind: 'present', at: this.tick(), identities });
    for (const participant of everyone) {
      this.tell(participant);
    }
    if (link !== undefined) {
      this.tellLink(link);
    }
  }

  private tellLink(link: Link): void {
    this.listener.news({ kind: 'link', at: this.tick(), link });
  }

  private hearServer(payload: Uint8Array): void {
    try {
      this.listener.packet(JSON.parse(new TextDecoder().decode(payload)));
    } catch (error) {
      console.warn('unreadable news from the server', error);
    }
  }

  private see(track: RemoteTrack): void {
    if (track.kind === LiveTrack.Kind.Video) {
      void this.pictures.prepare(track).then(() => this.pictureCame());
    }
  }

  /**
   * Sends our own tracks once the first picture of the others is there, because encoding and the second
   * negotiation would hold that picture up; alone at once, else after `PICTURE_PATIENCE` at the latest.
   */
  private async publishSoon(room: Room): Promise<void> {
    await Promise.all([this.adopted, this.firstPictureOf(room)]);
    if (room === this.room && room.state === ConnectionState.Connected) {
      this.own.publishInto(room, (source) => this.publishFailed(source));
    }
  }

  /** Waits for the first picture of the others; alone, not at all. */
  private async firstPictureOf(room: Room): Promise<void> {
    const seen = [...room.remoteParticipants.values()].some((one) => one.isCameraEnabled);
    const wait = seen ? PICTURE_PATIENCE : 0;
    await Promise.race([
      this.firstPicture,
      new Promise<void>((resolve) => setTimeout(resolve, wait)),
    ]);
  }

  /** A track that the server or the browser withdrew must not go on filming. */
  private dropWithdrawn(room: Room, publication: LocalTrackPublication): void {
    const { source } = publication;
    setTimeout(() => {
      const still = room.localParticipant.getTrackPublication(source) !== undefined;
      const kept = this.own.get(source);
      const republishing = kept !== undefined && kept.sender !== undefined;
      if (
        room === this.room &&
        room.state === ConnectionState.Connected &&
        !still &&
        !republishing
      ) {
        this.own.drop(source);
      }
    }, 3000);
  }

  private publishFailed(source: LiveTrack.Source): void {
    const ours = sourceOf(source);
    if (ours !== null) {
      this.listener.notice({ kind: 'publish_failed', source: ours });
    }
  }

  private readonly onPageHide = () => {
    this.leaving = true;
    void this.room.disconnect();
  };
}

function ownPicture(track: LiveTrack): HTMLVideoElement {
  const element = document.createElement('video');
  element.playsInline = true;
  element.muted = true;
  track.attach(element);
  return element;
}
