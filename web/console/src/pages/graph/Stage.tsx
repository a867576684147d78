// The picture itself: drawn by WebGL, with days and names laid over it; by SVG where there is no WebGL. Moved and zoomed with mouse, fingers and
// keys. What is drawn waits for the next frame, and nothing is drawn while nothing changes.
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";

import { centred, fitted, hit, type Layout, moved, screenX, screenY, type Segment, type View, zoomed } from "../../logic/graph";
import styles from "./Graph.module.css";
import type { GraphData } from "./looks";
import { nameOf, namesFrom, shown, ticks, vector } from "./vector";
import { type Drawer, drawer } from "./webgl";

/** As SVG, everybody is an element of the page. */
export const vectorMost = 2000;

export interface Shown {
  view: View;
  width: number;
  height: number;
}

interface Props {
  graph: GraphData;
  of: Layout;
  all: readonly Segment[];
  title: string;
  dayName: (days: number) => string;
  chosen: number | undefined;
  /** Somebody who was found or walked to, to be brought to the middle. */
  goTo: { who: number } | undefined;
  onChoose: (who: number | undefined) => void;
  onFold: (who: number) => void;
  onShown: (what: Shown) => void;
  /** Of the buttons beside it; a new one is done once. */
  command: { what: "nearer" | "farther" | "all" } | undefined;
}

function overlay(canvas: HTMLCanvasElement, { graph, of, chosen, dayName }: Pick<Props, "graph" | "of" | "chosen" | "dayName">, { view, width, height }: Shown, ratio: number, names: boolean) {
  const ink = canvas.getContext("2d");
  if (!ink) return;
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink.clearRect(0, 0, width, height);
  ink.font = "11px 'Be Vietnam Pro', sans-serif";
  ink.textAlign = "center";
  for (const day of names ? ticks(view, width) : []) {
    const x = Math.round(screenX(view, day)) + 0.5;
    ink.strokeStyle = "rgb(230 223 204 / 60%)";
    ink.beginPath();
    ink.moveTo(x, 18);
    ink.lineTo(x, height);
    ink.stroke();
    ink.fillStyle = "#4a584b";
    ink.fillText(dayName(day), x, 12);
  }
  ink.textAlign = "left";
  if (names && view.perRow >= namesFrom) {
    ink.lineWidth = 3;
    ink.strokeStyle = "#fff";
    for (const n of shown(of, view, width, height)) {
      const name = nameOf(graph, of, n);
      if (!name) continue;
      const [x, y] = [screenX(view, of.x[n]!) + 9, screenY(view, of.y[n]!) + 4];
      ink.strokeText(name, x, y);
      ink.fillStyle = n === chosen ? "#0c2a1e" : "#1b2a21";
      ink.fillText(name, x, y);
    }
  }
  if (chosen === undefined || of.y[chosen] === -1) return;
  ink.lineWidth = 2;
  ink.strokeStyle = "#0c2a1e";
  ink.beginPath();
  ink.arc(screenX(view, of.x[chosen]!), screenY(view, of.y[chosen]!), 10, 0, 2 * Math.PI);
  ink.stroke();
}

export function Stage(props: Props) {
  const { graph, of, all, title, dayName, chosen, goTo, onChoose, onFold, command } = props;
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const ours = useRef<Drawer>(undefined);
  const now = useRef<Shown>(undefined);
  const waiting = useRef(0);
  const frames = useRef(0);
  const latest = useRef(props);
  const [webgl, setWebgl] = useState<boolean>();
  const [size, setSize] = useState<{ width: number; height: number }>();
  const [shownAs, setShownAs] = useState<Shown>(); // of the vector alone

  useEffect(() => {
    latest.current = props;
  });

  const draw = useCallback(() => {
    waiting.current = 0;
    const what = now.current;
    if (!what || !above.current) return;
    const began = performance.now();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const canvas of [below.current, above.current]) {
      if (!canvas) continue;
      const [w, h] = [Math.round(what.width * ratio), Math.round(what.height * ratio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
    }
    ours.current?.draw(what.view, what.width, what.height, ratio);
    overlay(above.current, latest.current, what, ratio, ours.current !== undefined);
    if (!ours.current) setShownAs(what);
    latest.current.onShown(what);
    const { dataset } = stage.current!;
    dataset.frames = String(++frames.current);
    dataset.frame = (performance.now() - began).toFixed(1);
  }, []);
  const show = useCallback(
    (view: View) => {
      if (!now.current) return;
      now.current = { ...now.current, view };
      waiting.current ||= requestAnimationFrame(draw);
    },
    [draw],
  );

  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setSize({ width: Math.round(entry!.contentRect.width), height: Math.round(entry!.contentRect.height) }));
    seen.observe(stage.current!);
    return () => {
      seen.disconnect();
      cancelAnimationFrame(waiting.current);
      waiting.current = 0;
    };
  }, []);

  useEffect(() => {
    const canvas = below.current!;
    const begin = () => {
      ours.current ??= drawer(canvas);
      setWebgl(ours.current !== undefined);
    };
    const lost = (event: Event) => {
      event.preventDefault(); // or it never comes back
      ours.current = undefined;
      setWebgl(false);
    };
    canvas.addEventListener("webglcontextlost", lost);
    canvas.addEventListener("webglcontextrestored", begin);
    begin();
    return () => {
      canvas.removeEventListener("webglcontextlost", lost);
      canvas.removeEventListener("webglcontextrestored", begin);
    };
  }, []);

  // The view stays where it is when trees are folded or the window changes; the first sight of an answer is of everything.
  const fittedTo = useRef<GraphData>(undefined);
  useEffect(() => {
    if (!size || webgl === undefined) return;
    const first = fittedTo.current !== graph;
    fittedTo.current = graph;
    now.current = { ...size, view: first || !now.current ? fitted(latest.current.of, size.width, size.height) : now.current.view };
    show(now.current.view);
  }, [graph, size, webgl, show]);

  useEffect(() => {
    if (webgl === undefined) return;
    ours.current?.take(graph, of, all);
    if (now.current) show(now.current.view);
  }, [graph, of, all, webgl, show]);

  useEffect(() => {
    if (now.current) show(now.current.view);
  }, [chosen, show]);

  useEffect(() => {
    if (goTo && now.current && of.y[goTo.who] !== -1) show(centred(now.current.view, of, goTo.who, now.current.width, now.current.height));
    // Asked once, of the picture as it is then: what is folded later moves nobody to the middle again.
  }, [goTo, show]);

  const step = useCallback(
    (what: "nearer" | "farther" | "all") => {
      const at = now.current;
      if (!at) return;
      show(what === "all" ? fitted(latest.current.of, at.width, at.height) : zoomed(at.view, what === "nearer" ? 1.6 : 1 / 1.6, at.width / 2, at.height / 2));
    },
    [show],
  );
  useEffect(() => {
    if (command) step(command.what);
  }, [command, step]);

  useEffect(() => {
    const element = stage.current!;
    // Not passive: the page must not scroll away below the picture.
    const turned = (event: WheelEvent) => {
      if (!now.current) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      show(zoomed(now.current.view, Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top, !event.shiftKey));
    };
    element.addEventListener("wheel", turned, { passive: false });
    return () => element.removeEventListener("wheel", turned);
  }, [show]);

  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const way = useRef(0);
  const where = (event: PointerEvent) => {
    const box = stage.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (fingers.current.size === 0) way.current = 0;
    fingers.current.set(event.pointerId, where(event));
    stage.current!.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before || !now.current) return;
    const at = where(event);
    fingers.current.set(event.pointerId, at);
    way.current += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return show(moved(now.current.view, at.x - before.x, at.y - before.y));
    const apart = (a: { x: number; y: number }) => Math.max(10, Math.hypot(a.x - other.x, a.y - other.y));
    show(zoomed(now.current.view, apart(at) / apart(before), (at.x + other.x) / 2, (at.y + other.y) / 2));
  };
  const up = (event: PointerEvent) => {
    const at = where(event);
    // A finger is broader than a mouse, and trembles.
    const [still, reach] = event.pointerType === "mouse" ? [6, 9] : [14, 20];
    if (!fingers.current.delete(event.pointerId) || way.current > still || fingers.current.size > 0 || !now.current) return;
    const who = hit(of, now.current.view, at.x, at.y, reach);
    onChoose(who === -1 ? undefined : who);
  };

  const walk = (by: number) => {
    const row = chosen !== undefined && of.y[chosen] !== -1 ? of.y[chosen]! + by : 0;
    const who = of.rows[Math.min(of.rows.length - 1, Math.max(0, row))];
    if (who === undefined || !now.current) return;
    onChoose(who);
    show(centred(now.current.view, of, who, now.current.width, now.current.height));
  };
  const keys: Record<string, () => void> = {
    ArrowLeft: () => show(moved(now.current!.view, 80, 0)),
    ArrowRight: () => show(moved(now.current!.view, -80, 0)),
    ArrowUp: () => show(moved(now.current!.view, 0, 80)),
    ArrowDown: () => show(moved(now.current!.view, 0, -80)),
    "+": () => step("nearer"),
    "=": () => step("nearer"),
    "-": () => step("farther"),
    "0": () => step("all"),
    PageDown: () => walk(1),
    PageUp: () => walk(-1),
    Enter: () => chosen !== undefined && onFold(chosen),
    Escape: () => onChoose(undefined),
  };
  const press = (event: KeyboardEvent) => {
    const run = keys[event.key];
    if (!run || !now.current || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const people = of.rows.length;
  const drawnAsVector = webgl === false && people <= vectorMost;
  const picture = useMemo(
    () => (drawnAsVector && shownAs ? vector(graph, of, all, shownAs.view, shownAs.width, shownAs.height, { title, day: dayName }) : ""),
    [drawnAsVector, shownAs, graph, of, all, title, dayName],
  );
  return (
    <>
      <div
        ref={stage}
        className={styles.stage}
        role="group"
        tabIndex={0}
        aria-label={t("graph.canvas", { people })}
        aria-describedby="graph-keys"
        data-renderer={webgl === undefined ? undefined : webgl ? "webgl" : "svg"}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={(event) => fingers.current.delete(event.pointerId)}
        onDoubleClick={() => chosen !== undefined && onFold(chosen)}
        onKeyDown={press}
      >
        <canvas ref={below} aria-hidden hidden={webgl === false} />
        {drawnAsVector && <div className={styles.vector} aria-hidden dangerouslySetInnerHTML={{ __html: picture }} />}
        <canvas ref={above} aria-hidden />
        {webgl === false && <p className={styles.note}>{people > vectorMost ? t("graph.tooMany", { count: people, most: vectorMost }) : t("graph.noWebgl")}</p>}
      </div>
      <p id="graph-keys" className="quiet">
        {t("graph.keys")}
      </p>
    </>
  );
}
