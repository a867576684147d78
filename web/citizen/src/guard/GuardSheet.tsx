// What a guard is asked: the phone of somebody without a code, a picture of a passport, why somebody is turned back,
// whether the shift ends.

import { useState } from "react";

import { tidyPhone } from "../people/phone";
import { Button, Input, Sheet } from "../ui/parts";
import { cardNumber } from "./cardCode";
import { PaperPicture } from "../paper/PaperPicture";
import type { Way } from "./WaySwitch";
import { useGateWords } from "./words";

export type Asked = "phone" | "card" | "paper" | "turnBack" | "end";
type Reason = "colour" | "full" | "closed" | "noMask" | "other";
const reasons: readonly Reason[] = ["colour", "full", "closed", "noMask", "other"];

interface Props {
  asked: Asked;
  way: Way;
  /** Nobody may be refused by colour here. */
  essential: boolean;
  onPhone: (phone: string) => void;
  onZone: (zone: string) => void;
  onCard: (number: string) => void;
  onTurnBack: (reason: Reason, note?: string) => void;
  onEnd: () => void;
  onClose: () => void;
}

export function GuardSheet({ asked, way, essential, onPhone, onCard, onZone, onTurnBack, onEnd, onClose }: Props) {
  const { g, t } = useGateWords();
  const letThem = way === "out" ? g("out.do") : t("guard.letIn");
  const [text, setText] = useState("");
  const [flaw, setFlaw] = useState(false);
  const [reason, setReason] = useState<Reason>();

  const typePhone = () => {
    const phone = tidyPhone(text);
    setFlaw(!phone);
    if (!phone) return;
    onPhone(phone);
    onClose();
  };
  const typeCard = () => {
    const number = cardNumber(text);
    setFlaw(!number);
    if (!number) return;
    onCard(number);
    onClose();
  };
  const turnBack = (why: Reason, note?: string) => {
    onTurnBack(why, note);
    onClose();
  };
  return (
    <Sheet title={t(`guard.ask.${asked}`)} onClose={onClose}>
      {asked === "phone" && (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            typePhone();
          }}
        >
          <Input
            label={t("guard.visitorPhone")}
            hint={t("guard.visitorPhoneHint")}
            className="big"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            value={text}
            onValue={setText}
            wrong={flaw ? t("signIn.phoneWrong") : undefined}
          />
          <Button type="submit" wide>
            {letThem}
          </Button>
        </form>
      )}
      {asked === "paper" && (
        <PaperPicture
          otherwise={t("guard.paperOtherwise")}
          onZone={(zone) => {
            onZone(zone);
            onClose();
          }}
        />
      )}
      {asked === "card" && (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            typeCard();
          }}
        >
          <Input
            label={t("guard.cardNumber")}
            hint={t("guard.cardNumberHint")}
            className="big"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
            value={text}
            onValue={setText}
            wrong={flaw ? t("guard.cardNumberWrong") : undefined}
          />
          <Button type="submit" wide>
            {letThem}
          </Button>
        </form>
      )}
      {asked === "turnBack" && essential && <p>{t("guard.essential")}</p>}
      {asked === "turnBack" &&
        reason !== "other" &&
        reasons
          .filter((each) => !(essential && each === "colour"))
          .map((each) => (
            <Button key={each} wide tone="second" onClick={() => (each === "other" ? setReason(each) : turnBack(each))}>
              {t(`guard.reason.${each}`)}
            </Button>
          ))}
      {asked === "turnBack" && reason === "other" && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) turnBack("other", text.trim());
          }}
        >
          <Input label={t("guard.note")} hint={t("guard.noteHint")} maxLength={200} value={text} onValue={setText} />
          <Button type="submit" wide>
            {t("save")}
          </Button>
        </form>
      )}
      {asked === "end" && (
        <>
          <p>{t("guard.endText")}</p>
          <Button wide tone="danger" onClick={onEnd}>
            {t("guard.end")}
          </Button>
        </>
      )}
      <Button tone="plain" wide onClick={onClose}>
        {t("cancel")}
      </Button>
    </Sheet>
  );
}
