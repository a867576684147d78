// Which readings of a camera that goes on are told: a code once, and the same one once more only when it was taken away and shown again.

const again = 8000; // milliseconds until the same code is told once more
const away = 3; // readings in a row without it: it was taken away, and not just out of focus

export class Sight {
  private last = { text: "", at: 0, left: false };
  private misses = 0;
  private sure = { text: "", times: 0 };

  /** `times`: how often a text is to be read, with no other between, to be believed. */
  constructor(private readonly times = 1) {}

  /** What was read at `now`, in milliseconds, if anything; answers whether that is to be told. */
  tells(text: string | undefined, now: number): boolean {
    if (!text) {
      if (++this.misses >= away) this.last.left = true;
      return false;
    }
    this.misses = 0;
    this.sure = { text, times: text === this.sure.text ? this.sure.times + 1 : 1 };
    if (this.sure.times < this.times) return false;
    if (text === this.last.text && !(this.last.left && now - this.last.at > again)) return false;
    this.last = { text, at: now, left: false };
    return true;
  }
}
