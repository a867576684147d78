// A passport or foreign card: a picture of its two or three lines of <<<.

import { usePaper } from "@luytre/shared/paper/take";
import { useEffect, useRef } from "react";

import { Button, Notice } from "../ui/parts";
import { usePaperWords } from "./words";

interface Props {
  onZone: (zone: string) => void;
  /** What else can be done where it is used. */
  otherwise: string;
  /** That a picture is being read, and that it no longer is. */
  onReading?: (reading: boolean) => void;
}

export function PaperPicture({ onZone, otherwise, onReading }: Props) {
  const { p } = usePaperWords();
  const file = useRef<HTMLInputElement>(null);
  const { state, take } = usePaper(onZone);
  const reading = state === "reading";
  useEffect(() => {
    if (!reading || !onReading) return;
    onReading(true);
    return () => onReading(false);
  }, [reading, onReading]);
  return (
    <>
      <p>{p("picture.lead")}</p>
      <p className="numbers" aria-hidden="true">
        P&lt;VNM···&lt;&lt;&lt;&lt;&lt;&lt;&lt;
      </p>
      {(state === "unread" || state === "failed") && (
        <Notice tone="care" title={p(`picture.${state}`)} live>
          <p>{otherwise}</p>
        </Notice>
      )}
      <Button wide icon="image" busy={reading} onClick={() => file.current?.click()}>
        {p(reading ? "picture.reading" : "picture.take")}
      </Button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={p("picture.take")}
        onChange={take}
      />
      <p className="small soft">{p("picture.promise")}</p>
    </>
  );
}
