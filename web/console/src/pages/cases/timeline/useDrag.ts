import { useCallback, useEffect, useRef, type RefCallback } from "react";

interface Handlers {
  /** Moved by so many pixels since the last call. */
  onMove: (pixels: number) => void;
  /** Ctrl or ⌘ and wheel at this pixel: below 1 is closer. */
  onWheel: (pixel: number, factor: number) => void;
}

const dragThreshold = 4;

/** Dragging and zooming on an SVG; a press that does not move stays a click. */
export function useDrag(handlers: Handlers): RefCallback<SVGSVGElement> {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });
  return useCallback((element: SVGSVGElement | null) => {
    if (!element) return;
    let last: number | undefined;
    let dragging = false;
    const down = (event: PointerEvent) => {
      last = event.clientX;
      dragging = false;
    };
    const move = (event: PointerEvent) => {
      if (last === undefined) return;
      const by = event.clientX - last;
      if (!dragging && Math.abs(by) < dragThreshold) return;
      if (!dragging) element.setPointerCapture(event.pointerId);
      dragging = true;
      last = event.clientX;
      current.current.onMove(by);
    };
    const up = () => {
      last = undefined;
    };
    const click = (event: MouseEvent) => {
      if (dragging) event.stopPropagation();
    };
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      current.current.onWheel(event.clientX - element.getBoundingClientRect().left, event.deltaY > 0 ? 1.25 : 0.8);
    };
    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", up);
    element.addEventListener("click", click, true);
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", up);
      element.removeEventListener("click", click, true);
      element.removeEventListener("wheel", wheel);
    };
  }, []);
}
