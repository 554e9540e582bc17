/**
 * Stands in both pages before anything of theirs runs, and notes what happens after the click on
 * `bench.button`, until a frame of the remote picture `bench.picture` is seen in its place.
 * `bench.done` resolves with the times, in milliseconds since the click, and the width of that frame.
 */
(() => {
  const steps = {};
  let resolve;
  bench.done = new Promise((done) => (resolve = done));

  const note = (step, at = performance.now()) => {
    if (step === 'click' || 'click' in steps) {
      steps[step] ??= at;
    }
  };

  window.addEventListener(
    'click',
    (event) => {
      if (event.target.closest(bench.button) !== null) {
        note('click', event.timeStamp);
      }
    },
    { capture: true },
  );

  const { fetch } = window;
  window.fetch = async (...words) => {
    const asks = words[1]?.method === 'POST';
    if (asks) note('asked');
    const answer = await fetch(...words);
    if (asks) note('answered');
    return answer;
  };

  window.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      note('socket');
      this.addEventListener('open', () => note('socket open'));
      this.addEventListener('message', () => note('join answer'));
    }
  };

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...words) {
      super(...words);
      note('peer');
      this.addEventListener('track', ({ track }) => note(`${track.kind} track`));
      this.addEventListener('connectionstatechange', () => note(this.connectionState));
    }

    setRemoteDescription(...words) {
      note(`remote ${words[0].type}`);
      return super.setRemoteDescription(...words);
    }
  };

  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = function (...words) {
    note('devices asked');
    return getUserMedia.apply(this, words);
  };

  /** Pictures from elsewhere that have shown a frame, wherever they stand. */
  const running = new WeakSet();
  const watched = new WeakSet();

  const isSeen = () => {
    const picture = document.querySelector(bench.picture);
    return picture !== null && running.has(picture) && picture.getBoundingClientRect().width > 0;
  };

  const finish = () => {
    note('seen');
    const since = Object.entries(steps).map(([step, at]) => [step, at - steps.click]);
    const { videoWidth } = document.querySelector(bench.picture);
    resolve({ ...Object.fromEntries(since), width: videoWidth });
  };

  const watch = (video) => {
    const onFrame = (_now, frame) => {
      // Only frames that came over the network have a time of arrival.
      if (frame.receiveTime !== undefined && 'click' in steps) {
        note('frame received', frame.receiveTime);
        note('frame shown');
        running.add(video);
        if (isSeen()) {
          finish();
          return;
        }
      }
      video.requestVideoFrameCallback(onFrame);
    };
    watched.add(video);
    video.requestVideoFrameCallback(onFrame);
  };

  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (!watched.has(video)) watch(video);
    }
    if (!('seen' in steps) && isSeen()) {
      // It runs already and has just been put into its place: it is seen when that is painted.
      requestAnimationFrame(finish);
    }
  }).observe(document, { childList: true, subtree: true });
})();
