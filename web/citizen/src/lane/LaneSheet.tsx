// What the lane asks about one vehicle: its plate, its kind, a phone or card number, a passport, why it is turned back.

import { useState } from "react";

import { cardNumber } from "../guard/cardCode";
import { PaperPicture } from "../paper/PaperPicture";
import { tidyPhone } from "../people/phone";
import { Button, Choices, Input, Sheet } from "../ui/parts";
import { tidyPlate, type Decision, type Shown, type Vehicle, type Why } from "./draft";
import { WhyChoice } from "./WhyChoice";
import { useWords } from "./words";

export type Asked = "plate" | "vehicle" | "phone" | "card" | "paper" | "why" | "each" | "book";

const vehicles: readonly Vehicle[] = ["car", "motorbike", "truck", "coach", "bicycle", "foot", "other"];

interface Props {
  asked: Exclude<Asked, "book">;
  people: readonly Shown[];
  onOne: (index: number, decision: Decision | undefined) => void;
  onPlate: (plate: string) => void;
  onVehicle: (vehicle: Vehicle) => void;
  onPhone: (phone: string) => void;
  onCard: (number: string) => void;
  onWhy: (why: Why, note?: string) => void;
  onClose: () => void;
}

export function LaneSheet({ asked, people, onOne, onPlate, onVehicle, onPhone, onCard, onWhy, onClose }: Props) {
  const { w, t } = useWords();
  const [text, setText] = useState("");
  const [flaw, setFlaw] = useState(false);

  const typed = {
    plate: { label: w("plate"), hint: w("plateHint"), wrong: w("plateWrong"), type: "text", tidy: tidyPlate, take: onPlate },
    phone: { label: t("guard.visitorPhone"), hint: t("guard.visitorPhoneHint"), wrong: t("signIn.phoneWrong"), type: "tel", tidy: tidyPhone, take: onPhone },
    card: { label: t("guard.cardNumber"), hint: w("cardHint"), wrong: t("guard.cardNumberWrong"), type: "text", tidy: cardNumber, take: onCard },
  } as const;
  const field = asked === "plate" || asked === "phone" || asked === "card" ? typed[asked] : undefined;
  const title = { plate: w("plate"), vehicle: w("vehicle"), phone: w("phone"), card: t("guard.cardNumber"), paper: t("guard.ask.paper"), why: w("why"), each: w("each") }[asked];
  const because = (why: Why, note?: string) => {
    onWhy(why, note);
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      {field && (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const value = field.tidy(text);
            setFlaw(!value);
            if (!value) return;
            field.take(value);
            onClose();
          }}
        >
          <Input
            label={field.label}
            hint={field.hint}
            className="big"
            type={field.type}
            inputMode={field.type}
            autoCapitalize="characters"
            autoComplete="off"
            autoFocus
            maxLength={20}
            value={text}
            onValue={setText}
            wrong={flaw ? field.wrong : undefined}
          />
          <Button type="submit" wide>
            {t("save")}
          </Button>
        </form>
      )}
      {asked === "paper" && (
        <PaperPicture
          otherwise={w("paperOtherwise")}
          onZone={(zone) => {
            onCard(zone);
            onClose();
          }}
        />
      )}
      {asked === "vehicle" &&
        vehicles.map((vehicle) => (
          <Button
            key={vehicle}
            wide
            tone="second"
            onClick={() => {
              onVehicle(vehicle);
              onClose();
            }}
          >
            {w(`vehicles.${vehicle}`)}
          </Button>
        ))}
      {asked === "each" && (
        <>
          <p className="small soft">{w("eachHint")}</p>
          {people.map((person, i) => (
            <Choices
              key={i}
              label={
                <>
                  {w("one", { number: i + 1 })}
                  {person.light && ` · ${w(`light.${person.light}`)}`}
                </>
              }
              name={`person-${i}`}
              value={person.decision ?? "vehicle"}
              onValue={(value) => onOne(i, value === "vehicle" ? undefined : (value as Decision))}
              options={[
                { value: "vehicle", text: w("asVehicle") },
                { value: "test", text: w("decide.test") },
                { value: "isolate", text: w("decide.isolate") },
              ]}
            />
          ))}
        </>
      )}
      {asked === "why" && <WhyChoice onWhy={because} />}
      <Button tone="plain" wide onClick={onClose}>
        {asked === "each" ? w("ready") : t("cancel")}
      </Button>
    </Sheet>
  );
}
