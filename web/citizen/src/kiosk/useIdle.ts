// How long nobody has touched anything: a device that strangers use must not show one what another wrote.

import { useEffect, useRef, useState } from "react";

const touches = ["pointerdown", "keydown", "input", "touchmove", "wheel"] as const;

/** Seconds left, once few are; `onIdle` when there are none. Another `most` begins anew. */
export function useIdle(most: number, warning: number, onIdle: () => void): number | undefined {
  const last = useRef(Date.now());
  const told = useRef(onIdle);
  told.current = onIdle;
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    last.current = Date.now();
    const touched = () => {
      last.current = Date.now();
      setLeft(undefined);
    };
    const look = () => {
      const rest = Math.ceil((last.current + most - Date.now()) / 1000);
      if (rest <= 0) told.current();
      else setLeft(rest * 1000 <= warning ? rest : undefined);
    };
    for (const touch of touches) document.addEventListener(touch, touched, { capture: true, passive: true });
    const timer = setInterval(look, 1000);
    return () => {
      clearInterval(timer);
      for (const touch of touches) document.removeEventListener(touch, touched, { capture: true });
    };
  }, [most, warning]);
  return left;
}
