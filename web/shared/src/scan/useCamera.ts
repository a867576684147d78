// The camera behind a view: what it shows is read for codes. Pictures never leave the device; the camera stops when the view goes.

import { useEffect, useRef, useState, type RefObject } from "react";

import type { Decoder } from "./decoder";
import { askedOf, sideOf, timesOf } from "./reading";
import { Sight } from "./sight";

export type CameraTrouble = "denied" | "none" | "insecure" | "failed";

export interface CameraUse {
  decoder: Decoder;
  onText: (text: string) => void;
  onTrouble: (trouble: CameraTrouble) => void;
  /** Goes on after a code: for a keeper at the door. A code held up longer is told once. */
  goesOn?: boolean;
  /** What was told last is being worked on: nothing is read meanwhile. */
  resting?: boolean;
}

const pause = 90; // milliseconds between two tries

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  return "failed";
}

const hasTorch = (track: MediaStreamTrack | undefined): boolean =>
  (track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch === true;

export interface CameraView {
  video: RefObject<HTMLVideoElement | null>;
  /** Of a camera that has one. */
  torch: { lit: boolean; turn: () => void } | undefined;
}

export function useCamera({ decoder, onText, onTrouble, goesOn = false, resting = false }: CameraUse): CameraView {
  const video = useRef<HTMLVideoElement>(null);
  const [track, setTrack] = useState<MediaStreamTrack>();
  const [lit, setLit] = useState(false);
  const told = useRef({ onText, onTrouble, resting });
  told.current = { onText, onTrouble, resting };

  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | undefined;
    const watch = async () => {
      if (!isSecureContext || !navigator.mediaDevices) return told.current.onTrouble("insecure");
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: { ideal: "environment" }, ...askedOf(decoder.wanted) },
          audio: false,
        });
        const view = video.current;
        if (stopped || !view) return stream.getTracks().forEach((each) => each.stop());
        view.srcObject = stream;
        await view.play();
        setTrack(stream.getVideoTracks()[0]);
      } catch (error) {
        if (!stopped) told.current.onTrouble(troubleOf(error));
        return;
      }
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d", { willReadFrequently: true })!;
      const sight = new Sight(timesOf(decoder.wanted));
      for (let careful = false; !stopped; careful = !careful) {
        const view = video.current;
        const seen = view && view.readyState >= view.HAVE_CURRENT_DATA && document.visibilityState === "visible";
        if (seen && !told.current.resting) {
          const length = Math.min(view.videoWidth, view.videoHeight);
          const side = sideOf(decoder.wanted, length);
          if (canvas.width !== side) canvas.width = canvas.height = side;
          context.drawImage(
            view,
            (view.videoWidth - length) / 2,
            (view.videoHeight - length) / 2,
            length,
            length,
            0,
            0,
            side,
            side,
          );
          try {
            const text = await decoder.read(context.getImageData(0, 0, side, side), careful);
            if (!stopped && !told.current.resting && sight.tells(text, Date.now()) && text) {
              navigator.vibrate?.(60);
              told.current.onText(text);
              if (!goesOn) return;
            }
          } catch {
            if (!stopped) told.current.onTrouble("failed");
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    void watch();
    return () => {
      stopped = true;
      stream?.getTracks().forEach((each) => each.stop());
    };
  }, [decoder, goesOn]);

  const turn = () =>
    void track?.applyConstraints({ advanced: [{ torch: !lit } as MediaTrackConstraintSet] }).then(
      () => setLit(!lit),
      () => undefined,
    );
  return { video, torch: hasTorch(track) ? { lit, turn } : undefined };
}
