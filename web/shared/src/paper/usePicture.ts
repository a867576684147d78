// A picture of a paper's machine-readable lines, being read on this machine; the reader is loaded when it is first needed.
import { useState } from "react";

export type PictureState = "ready" | "reading" | "unread" | "failed";

export function usePicture(onZone: (zone: string) => void): { state: PictureState; read: (picture: File) => Promise<void> } {
  const [state, setState] = useState<PictureState>("ready");
  const read = async (picture: File) => {
    setState("reading");
    try {
      const { readPaper } = await import("./index");
      const zone = await readPaper(picture);
      setState(zone ? "ready" : "unread");
      if (zone) onZone(zone);
    } catch {
      setState("failed");
    }
  };
  return { state, read };
}
