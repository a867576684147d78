// A passport or foreign card: a picture of its two or three lines of <<<.

import { useRef, useState } from "react";

import { useText } from "../i18n";
import { Button, Notice } from "../ui/parts";

type State = "ready" | "reading" | "unread" | "failed";

export function PaperPicture({ onZone }: { onZone: (zone: string) => void }) {
  const { t } = useText();
  const file = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>("ready");
  const read = async (picture: File) => {
    setState("reading");
    try {
      const { readPaper } = await import("./readPaper");
      const zone = await readPaper(picture);
      if (zone) onZone(zone);
      else setState("unread");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <p>{t("guard.paper.lead")}</p>
      <p className="numbers" aria-hidden="true">
        P&lt;VNM···&lt;&lt;&lt;&lt;&lt;&lt;&lt;
      </p>
      {(state === "unread" || state === "failed") && (
        <Notice tone="care" title={t(`guard.paper.${state}`)} live>
          <p>{t("guard.paper.otherwise")}</p>
        </Notice>
      )}
      <Button wide icon="image" busy={state === "reading"} onClick={() => file.current?.click()}>
        {t(state === "reading" ? "guard.paper.reading" : "guard.paper.take")}
      </Button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("guard.paper.take")}
        onChange={(event) => {
          const picture = event.target.files?.[0];
          event.target.value = "";
          if (picture) void read(picture);
        }}
      />
      <p className="small soft">{t("guard.paper.promise")}</p>
    </>
  );
}
