// A picture of a passport or chip card, to begin a person's form with.

import { localDate } from "@luytre/shared/time";
import type { ZoneRead } from "@luytre/shared/paper";
import { useState } from "react";

import { Notice } from "../ui/parts";
import { PaperPicture } from "./PaperPicture";
import { usePaperWords } from "./words";

export default function PaperFill({ onRead }: { onRead: (read: ZoneRead) => void }) {
  const { p, language } = usePaperWords();
  const [read, setRead] = useState<ZoneRead>();
  const [nothing, setNothing] = useState(false); // the lines say nothing of a person
  const fill = async (zone: string) => {
    const { readZone } = await import("@luytre/shared/paper");
    const found = readZone(zone, localDate(Date.now()));
    setNothing(!found);
    if (!found) return;
    setRead(found);
    onRead(found);
  };
  const country = read?.nationality && new Intl.DisplayNames([language], { type: "region" }).of(read.nationality);
  return (
    <>
      <PaperPicture onZone={(zone) => void fill(zone)} otherwise={p("picture.otherwise")} />
      {nothing && <Notice tone="care" title={p("picture.unread")} live />}
      {read && !nothing && (
        <p className="small" role="status">
          {country && `${p("picture.nationality", { country })} `}
          {p("picture.spelling")}
        </p>
      )}
    </>
  );
}
