// A USB reader on this page, and what to do when an input method spoils its codes.

import { useLayoutEffect, useRef, useState } from "react";

import { Notice } from "../ui/parts";
import { watchReader } from "./reader";
import { useGateWords } from "./words";

/** Tells each code that is read, or that it was spoilt; answers whether the last one was. */
export function useReader(onText: (text: string) => void, onSpoilt?: () => void): boolean {
  const [spoilt, setSpoilt] = useState(false);
  const newest = useRef({ onText, onSpoilt });
  newest.current = { onText, onSpoilt };
  useLayoutEffect(
    () =>
      watchReader(
        (text) => {
          setSpoilt(false);
          newest.current.onText(text);
        },
        () => {
          setSpoilt(true);
          newest.current.onSpoilt?.();
        },
      ),
    [],
  );
  return spoilt;
}

export function SpoiltReader() {
  const { g } = useGateWords();
  return (
    <Notice tone="care" title={g("spoilt.title")} live>
      <p>{g("spoilt.text")}</p>
    </Notice>
  );
}
