/** A small window above other programs, showing one video element. */

export const canFloat =
  typeof document !== 'undefined' && document.pictureInPictureEnabled === true;

/** Opens or closes the small window; false when the browser refuses (no picture yet). */
export async function toggleFloating(video: HTMLVideoElement): Promise<boolean> {
  try {
    if (document.pictureInPictureElement !== null) {
      await document.exitPictureInPicture();
    } else {
      await video.requestPictureInPicture();
    }
    return true;
  } catch (error) {
    console.warn('no picture in picture', error);
    return false;
  }
}

export const canFillScreen = typeof document !== 'undefined' && document.fullscreenEnabled === true;

export async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement !== null) {
    await document.exitFullscreen();
  } else {
    await document.documentElement.requestFullscreen();
  }
}
