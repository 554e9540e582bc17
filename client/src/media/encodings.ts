import { type RoomOptions, type TrackPublishDefaults, VideoPreset } from 'livekit-client';
import type { Publishing } from '../call/quality';

/** Figures and reasons: docs/decisions/0003-media-encodings.md. */

const GALLERY = new VideoPreset(160, 90, 60_000, 7.5);
const MIDDLE = new VideoPreset(640, 360, 400_000, 20);
const TOP = new VideoPreset(1280, 720, 1_200_000, 25);

const SCREEN_LOW = new VideoPreset(960, 540, 250_000, 5);
const SCREEN_TOP = new VideoPreset(1920, 1080, 1_500_000, 15);

/** Always ask for 720p: from 960 pixels on the browser gives three layers, below only two. */
export const CAMERA_CAPTURE = {
  resolution: { width: 1280, height: 720, frameRate: 25 },
} as const;

const CAMERA_CAPTURE_SAVER = {
  resolution: { width: 640, height: 360, frameRate: 20 },
} as const;

export const SCREEN_CAPTURE = {
  audio: false,
  contentHint: 'detail',
  resolution: { width: 1920, height: 1080, frameRate: 15 },
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
} as const;

const COMMON: TrackPublishDefaults = {
  videoCodec: 'vp8',
  backupCodec: false,
  simulcast: true,
  dtx: true,
  forceStereo: false,
  screenShareEncoding: SCREEN_TOP.encoding,
  screenShareSimulcastLayers: [SCREEN_LOW],
  stopMicTrackOnMute: false,
};

const PUBLISH: Readonly<Record<Publishing, TrackPublishDefaults>> = {
  full: {
    ...COMMON,
    audioPreset: { maxBitrate: 24_000 },
    red: true,
    videoEncoding: TOP.encoding,
    videoSimulcastLayers: [GALLERY, MIDDLE],
  },
  saver: {
    ...COMMON,
    audioPreset: { maxBitrate: 24_000 },
    red: false,
    videoEncoding: MIDDLE.encoding,
    videoSimulcastLayers: [GALLERY],
  },
  voice: {
    ...COMMON,
    audioPreset: { maxBitrate: 16_000 },
    red: false,
    videoEncoding: MIDDLE.encoding,
    videoSimulcastLayers: [GALLERY],
  },
};

/** What we publish at most; kept in the room's defaults, because a re-grant publishes with those. */
export function publishDefaults(mode: Publishing): TrackPublishDefaults {
  return PUBLISH[mode];
}

export function cameraCapture(mode: Publishing) {
  return mode === 'full' ? CAMERA_CAPTURE : CAMERA_CAPTURE_SAVER;
}

export function roomOptions(mode: Publishing): RoomOptions {
  return {
    adaptiveStream: { pauseVideoInBackground: true },
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: true,
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: 1,
    },
    videoCaptureDefaults: cameraCapture(mode),
    publishDefaults: publishDefaults(mode),
  };
}
