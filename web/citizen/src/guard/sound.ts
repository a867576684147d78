// Short tones, so that a guard need not look at the screen: one high for green, two for yellow, one low and long for
// red; three rising ones when the place begins to be full.

export type Tone = "green" | "yellow" | "red";

const tones: Record<Tone | "filling", readonly { hertz: number; at: number; seconds: number }[]> = {
  green: [{ hertz: 1046, at: 0, seconds: 0.12 }],
  yellow: [
    { hertz: 784, at: 0, seconds: 0.1 },
    { hertz: 784, at: 0.16, seconds: 0.1 },
  ],
  red: [{ hertz: 220, at: 0, seconds: 0.5 }],
  filling: [
    { hertz: 523, at: 0.3, seconds: 0.12 },
    { hertz: 659, at: 0.45, seconds: 0.12 },
    { hertz: 784, at: 0.6, seconds: 0.25 },
  ],
};

let context: AudioContext | undefined;

/** Before the first tap browsers keep quiet; then nothing is heard. */
export function sound(tone: Tone | "filling"): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    for (const { hertz, at, seconds } of tones[tone]) {
      const pitch = context.createOscillator();
      const loudness = context.createGain();
      pitch.frequency.value = hertz;
      loudness.gain.value = 0.3;
      pitch.connect(loudness).connect(context.destination);
      pitch.start(context.currentTime + at);
      pitch.stop(context.currentTime + at + seconds);
    }
  } catch {
    // no sound on this device: the colour is there
  }
}
