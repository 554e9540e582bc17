/** Level meter and test tone on Web Audio. */

function newContext(): AudioContext | null {
  return typeof AudioContext === 'undefined' ? null : new AudioContext();
}

/** Reports the level of a microphone, 0 to 1, about 15 times a second, until stopped. */
export function watchLevel(track: MediaStreamTrack, report: (level: number) => void): () => void {
  const context = newContext();
  if (context === null) {
    return () => {};
  }
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    report(loudness(samples));
  }, 66);
  resumeOnGesture(context);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

/** Browsers start sound only after a gesture on the page. */
function resumeOnGesture(context: AudioContext): void {
  if (context.state === 'running') {
    return;
  }
  const resume = () => void context.resume();
  for (const event of ['pointerdown', 'keydown'] as const) {
    window.addEventListener(event, resume, { once: true });
  }
}

/** Root mean square on a decibel scale from −60 (0) to −10 (1). */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}

/** Three soft notes through the chosen speaker; resolves when they have sounded. */
export async function playTestTone(speaker: string | null): Promise<void> {
  const context = newContext();
  if (context === null) {
    return;
  }
  await context.resume();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  if (speaker !== null && 'setSinkId' in element) {
    await element.setSinkId(speaker);
  }
  await element.play();
  for (const [index, pitch] of [392, 494, 587].entries()) {
    note(context, output, pitch, index * 0.35);
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  element.pause();
  element.srcObject = null;
  await context.close();
}

function note(context: AudioContext, output: AudioNode, pitch: number, after: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime + after;
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
  oscillator.connect(volume).connect(output);
  oscillator.start(start);
  oscillator.stop(start + 0.65);
}
