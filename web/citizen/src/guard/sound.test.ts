import { afterEach, beforeEach, expect, test, vi } from "vitest";

interface Heard {
  hertz: number;
  from: number;
  seconds: number;
}
let heard: Heard[];

class Speaker {
  currentTime = 10;
  destination = {};
  resume = async () => undefined;
  createGain = () => ({ gain: { value: 0 }, connect: (next: unknown) => next });
  createOscillator = () => {
    const one = { frequency: { value: 0 }, connect: (next: unknown) => next, start: (at: number) => void (from = at), stop: (at: number) => void heard.push({ hertz: one.frequency.value, from: from - 10, seconds: at - from }) };
    let from = 0;
    return one;
  };
}

beforeEach(() => {
  heard = [];
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

test("each light has a sound of its own: red is low and long, yellow twice", async () => {
  vi.stubGlobal("AudioContext", Speaker);
  const { sound } = await import("./sound");
  const of = (tone: Parameters<typeof sound>[0]): Heard[] => {
    heard = [];
    sound(tone);
    return heard;
  };
  const [green, yellow, red] = [of("green"), of("yellow"), of("red")];
  expect([green.length, yellow.length, red.length]).toEqual([1, 2, 1]);
  expect(red[0]!.hertz).toBeLessThan(yellow[0]!.hertz);
  expect(yellow[0]!.hertz).toBeLessThan(green[0]!.hertz);
  expect(red[0]!.seconds).toBeGreaterThan(3 * green[0]!.seconds);
  expect(yellow[1]!.from).toBeGreaterThan(yellow[0]!.from + yellow[0]!.seconds);
});

test("a device without sound records all the same", async () => {
  const { sound } = await import("./sound");
  expect(() => sound("green")).not.toThrow();
});
