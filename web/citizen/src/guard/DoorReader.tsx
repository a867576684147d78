// What reads codes at a door: the camera, and a USB reader; and what to do when either cannot.

import { Decoder } from "@luytre/shared/scan";
import { useEffect, useState } from "react";

import { Camera, type CameraTrouble } from "../scan/Camera";
import { Notice } from "../ui/parts";
import { SpoiltReader, useReader } from "./SpoiltReader";
import { useGateWords } from "./words";

export function DoorReader({ onText, onSpoilt }: { onText: (text: string) => void; onSpoilt: () => void }) {
  const { t } = useGateWords();
  const [decoder] = useState(() => new Decoder());
  const [trouble, setTrouble] = useState<CameraTrouble>();
  useEffect(() => () => decoder.close(), [decoder]);
  const spoilt = useReader(onText, onSpoilt);
  return (
    <>
      {spoilt && <SpoiltReader />}
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{t("guard.reader")}</p>
        </Notice>
      ) : (
        <Camera decoder={decoder} onText={onText} onTrouble={setTrouble} goesOn />
      )}
    </>
  );
}
