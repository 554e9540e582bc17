/** Switches that a person sets to spare data; remembered on the device. */
export interface Saving {
  dataSaver: boolean;
  audioOnly: boolean;
}

export type WantedQuality = 'off' | 'low' | 'medium' | 'high';

/**
 * Which quality to ask of a video at most; the tile's size lowers it further (adaptive stream).
 * A shared screen is read, not watched, so the data saver leaves it sharp.
 */
export function wantedQuality(saving: Saving, kind: 'camera' | 'screen_share'): WantedQuality {
  if (saving.audioOnly) {
    return 'off';
  }
  if (saving.dataSaver) {
    return kind === 'screen_share' ? 'high' : 'low';
  }
  return 'high';
}

/** What we publish ourselves under each switch. */
export type Publishing = 'full' | 'saver' | 'voice';

export function publishing(saving: Saving): Publishing {
  if (saving.audioOnly) {
    return 'voice';
  }
  return saving.dataSaver ? 'saver' : 'full';
}
