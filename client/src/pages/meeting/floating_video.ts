import { type CallState, mainTile } from '../../call/state';

/** The video to float: the large tile's, else the first that shows something. */
export function floatingVideo(
  frame: HTMLElement | undefined,
  call: CallState,
): HTMLVideoElement | null {
  const main = mainTile(call);
  const screen = main?.startsWith('screen:') === true;
  const identity = screen ? main.slice('screen:'.length) : main;
  const videos = [...(frame?.querySelectorAll('video') ?? [])];
  const of = (video: HTMLVideoElement) => video.closest('li');
  return (
    videos.find(
      (video) =>
        of(video)?.dataset.identity === identity &&
        (of(video)?.dataset.testid === 'screen-tile') === screen,
    ) ??
    videos[0] ??
    null
  );
}
