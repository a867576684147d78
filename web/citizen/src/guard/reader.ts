// A USB reader types what it reads, as a keyboard does, and ends with Enter. Letters that come slower than a reader are
// somebody's fingers, and forgotten.

const slowest = 150; // milliseconds between two letters of a reader
const least = 6; // letters of a code

export class Reader {
  private text = "";
  private last = -Infinity;

  /** The text, with the Enter that ends it. */
  take(key: string, at: number): string | undefined {
    if (at - this.last > slowest) this.text = "";
    this.last = at;
    if (key === "Enter") {
      const read = this.text;
      this.text = "";
      return read.length >= least ? read : undefined;
    }
    if (key.length === 1) this.text += key;
    return undefined;
  }

  get busy(): boolean {
    return this.text.length > 1;
  }
}

/** Listens to the whole page, but not to what is typed into a field. Answers how to stop. */
export function watchReader(onText: (text: string) => void): () => void {
  const reader = new Reader();
  const listen = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const read = reader.take(event.key, event.timeStamp);
    // A blank or the Enter of a reader must not press the button that has the focus.
    if (read !== undefined || reader.busy) event.preventDefault();
    if (read !== undefined) onText(read);
  };
  document.addEventListener("keydown", listen, { capture: true });
  return () => document.removeEventListener("keydown", listen, { capture: true });
}
