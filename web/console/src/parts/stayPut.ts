import { useLayoutEffect, type RefObject } from "react";

/**
 * Keeps an element where it is on the screen while what stands above it grows or shrinks: whoever scrolls moves it, nothing else. Answers how
 * to end that. Browsers do it by themselves, but not when what they hold on to is what is replaced, and not all of them.
 */
export function stayPut(element: Element): () => void {
  const root = document.documentElement;
  root.style.setProperty("overflow-anchor", "none"); // two would correct it twice
  let top = element.getBoundingClientRect().top;
  let from = scrollY;
  const scrolled = () => {
    top -= scrollY - from;
    from = scrollY;
  };
  const resized = new ResizeObserver(() => {
    const moved = element.getBoundingClientRect().top - top;
    if (moved !== 0) scrollBy({ top: moved, behavior: "instant" });
    from = scrollY;
  });
  resized.observe(document.body);
  addEventListener("scroll", scrolled, { passive: true });
  return () => {
    resized.disconnect();
    removeEventListener("scroll", scrolled);
    root.style.removeProperty("overflow-anchor");
  };
}

export function useStayPut(element: RefObject<Element | null>, held: boolean): void {
  useLayoutEffect(() => (held && element.current ? stayPut(element.current) : undefined), [element, held]);
}
