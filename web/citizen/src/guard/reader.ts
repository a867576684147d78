// A USB reader types what it reads, as a keyboard does, and ends with Enter. Letters that come slower than a reader are
// somebody's fingers, and forgotten.

const slowest = 150; // milliseconds between two letters of a reader
const least = 6; // letters of a code
// What an input method (Unikey, and those of the systems) makes of a reader's letters: keys without a letter, or a letter
// taken back and written anew with its mark. The code is spoilt then.
const spoiling = new Set(["Process", "Dead", "Unidentified", "Backspace"]);

export class Reader {
  private text = "";
  private last = -Infinity;
  private strokes = 0;
  private spoiling = 0;

  /** The text, with the Enter that ends it. */
  take(key: string, at: number): string | undefined {
    if (at - this.last > slowest) this.forget();
    this.last = at;
    if (key === "Enter") {
      const read = this.text;
      const good = read.length >= least && !this.spoilt;
      this.forget();
      return good ? read : undefined;
    }
    this.strokes += 1;
    if (spoiling.has(key)) this.spoiling += 1;
    if (key.length === 1) this.text += key;
    return undefined;
  }

  /** A reader types, and an input method changes what it types. */
  get spoilt(): boolean {
    return this.spoiling > 0 && this.strokes >= least;
  }

  private forget(): void {
    this.text = "";
    this.strokes = 0;
    this.spoiling = 0;
  }

  get busy(): boolean {
    return this.text.length > 1;
  }
}

/** Listens to the whole page, but not to what is typed into a field. Answers how to stop. */
export function watchReader(onText: (text: string) => void, onSpoilt?: () => void): () => void {
  const reader = new Reader();
  const listen = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const before = reader.spoilt;
    const read = reader.take(event.key, event.timeStamp);
    if (reader.spoilt && !before) onSpoilt?.();
    // A blank or the Enter of a reader must not press the button that has the focus.
    if (read !== undefined || reader.busy) event.preventDefault();
    if (read !== undefined) onText(read);
  };
  document.addEventListener("keydown", listen, { capture: true });
  return () => document.removeEventListener("keydown", listen, { capture: true });
}
