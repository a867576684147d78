// A USB reader on this page, and what to do when an input method spoils its codes.

import { useEffect, useRef, useState } from "react";

import { Notice } from "../ui/parts";
import { watchReader } from "./reader";
import { useGateWords } from "./words";

/** Tells each code that is read; answers whether the last one was spoilt. */
export function useReader(onText: (text: string) => void): boolean {
  const [spoilt, setSpoilt] = useState(false);
  const newest = useRef(onText);
  newest.current = onText;
  useEffect(
    () =>
      watchReader(
        (text) => {
          setSpoilt(false);
          newest.current(text);
        },
        () => setSpoilt(true),
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
