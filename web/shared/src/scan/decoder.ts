// The page's side of the decoder: starts the worker with the first picture and asks it one at a time.

import type { Finding, Question } from "./decoder.worker";
import type { Wanted } from "./reading";

export class DecoderFailed extends Error {}

export class Decoder {
  private worker: Worker | undefined;
  private next = 0;
  private readonly open = new Map<
    number,
    { resolve: (text: string | undefined) => void; reject: (error: Error) => void }
  >();

  constructor(readonly wanted: Wanted = "codes") {}

  /** The text of a code in the picture, or undefined. Throws DecoderFailed when the decoder itself cannot run. */
  read(image: ImageData, careful = false): Promise<string | undefined> {
    const worker = (this.worker ??= this.start());
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      worker.postMessage({ id, image, careful, wanted: this.wanted } satisfies Question, [image.data.buffer]);
    });
  }

  close(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.open.clear();
  }

  private start(): Worker {
    const worker = new Worker(new URL("./decoder.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Finding>) => {
      const waiting = this.open.get(data.id);
      this.open.delete(data.id);
      if (data.failed) waiting?.reject(new DecoderFailed());
      else waiting?.resolve(data.text);
    };
    worker.onerror = () => {
      for (const { reject } of this.open.values()) reject(new DecoderFailed());
      this.open.clear();
    };
    return worker;
  }
}

/** Reads a picture from the gallery: whole, then larger and smaller, as codes may be tiny or out of focus. */
export async function readPicture(decoder: Decoder, file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const longest = Math.max(picture.width, picture.height);
  try {
    for (const size of [1200, 2200, 640]) {
      const scale = Math.min(size / longest, 2);
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const text = await decoder.read(context.getImageData(0, 0, canvas.width, canvas.height), true);
      if (text) return text;
    }
    return undefined;
  } finally {
    picture.close();
  }
}
