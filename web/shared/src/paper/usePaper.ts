// A picture of a paper, taken and read while somebody waits. The reader is loaded with the first one.

import { useEffect, useRef, useState, type ChangeEvent } from "react";

export type PaperState = "ready" | "reading" | "unread" | "failed";

/** What a file input's `onChange` takes. `onZone`: not told once nobody waits any more. */
export function usePaper(onZone: (zone: string) => void): { state: PaperState; take: (event: ChangeEvent<HTMLInputElement>) => void } {
  const [state, setState] = useState<PaperState>("ready");
  const told = useRef(onZone);
  told.current = onZone;
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  const read = async (picture: File) => {
    setState("reading");
    try {
      const { readPaper } = await import("./readPaper");
      const zone = await readPaper(picture);
      if (!here.current) return;
      setState(zone ? "ready" : "unread");
      if (zone) told.current(zone);
    } catch {
      setState("failed");
    }
  };
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const picture = target.files?.[0];
    target.value = ""; // the same file may be taken again
    if (picture && state !== "reading") void read(picture);
  };
  return { state, take };
}
