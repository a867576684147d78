// An identity card's QR code fills in who sits in a seat; nothing of it leaves the device before the seats are sent.

import { Decoder } from "@luytre/shared/scan";
import { useEffect, useState } from "react";

import { useText } from "../i18n";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { Button, Notice, Sheet } from "../ui/parts";
import { ofCard } from "./seats";
import { useWords } from "./words";

interface Props {
  onCard: (card: NonNullable<ReturnType<typeof ofCard>>) => void;
  onClose: () => void;
}

export function ScanCard({ onCard, onClose }: Props) {
  const w = useWords();
  const { t } = useText();
  const [decoder] = useState(() => new Decoder());
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [other, setOther] = useState(false);
  useEffect(() => () => decoder.close(), [decoder]);
  const take = (text: string) => {
    const card = ofCard(text);
    if (card) onCard(card);
    else setOther(true);
  };
  return (
    <Sheet title={w("write.scan")} onClose={onClose}>
      {other && <Notice tone="care" title={w("write.otherCode")} live />}
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{w("write.byHand")}</p>
        </Notice>
      ) : (
        <Camera decoder={decoder} onText={take} onTrouble={setTrouble} goesOn />
      )}
      <Button tone="second" wide onClick={onClose}>
        {t("cancel")}
      </Button>
    </Sheet>
  );
}
