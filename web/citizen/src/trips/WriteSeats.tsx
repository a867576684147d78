// The seats of a departure, written down one by one: a form for one passenger, and below it those who stand there.

import { useState } from "react";

import { useText } from "../i18n";
import { Button, Input } from "../ui/parts";
import { following, nobody, open, withSeat, type Seat, type Written } from "./seats";
import { useFlaw } from "./useFlaw";

interface Props {
  seats: readonly Written[];
  onSeats: (next: Written[]) => void;
}

export function WriteSeats({ seats, onSeats }: Props) {
  const { t } = useText();
  const flaw = useFlaw();
  const [one, setOne] = useState<Seat>(nobody);
  const [tried, setTried] = useState(false);
  const missing = open(one);
  const field = (column: keyof Seat) => ({
    id: `seat-${column}`,
    label: t(`passengers.column.${column}`),
    value: one[column],
    onValue: (text: string) => setOne({ ...one, [column]: text }),
    autoComplete: "off",
    wrong: tried && missing.includes(column) ? t("passengers.flaw.required") : undefined,
  });
  const add = () => {
    setTried(true);
    const first = missing[0];
    document.getElementById(`seat-${first ?? "name"}`)?.focus();
    if (first) return;
    onSeats(withSeat(seats, one));
    setOne({ ...nobody, seat: following(one.seat.trim()) });
    setTried(false);
  };
  return (
    <>
      <fieldset
        className="field"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault(); // the next passenger, not the list
          add();
        }}
      >
        <legend className="legend">{t("passengers.one")}</legend>
        <Input {...field("seat")} maxLength={20} />
        <Input {...field("name")} autoCapitalize="words" maxLength={120} />
        <Input {...field("birthYear")} inputMode="numeric" maxLength={4} />
        <Input {...field("phone")} hint={t("passengers.either")} inputMode="tel" maxLength={20} />
        <Input {...field("paper")} optional autoCapitalize="characters" maxLength={32} />
        <Button tone="second" icon="plus" wide onClick={add}>
          {t("passengers.add")}
        </Button>
      </fieldset>
      {seats.length > 0 && (
        <ul className="list" aria-label={t("passengers.written")}>
          {seats.map((each) => (
            <li key={each.seat} className="line" style={{ flexWrap: "wrap" }}>
              <span className="grow">
                <span className="strong">
                  <span className="numbers">{each.seat}</span> · {each.name}
                </span>
                <br />
                <span className="small soft numbers">{[each.birthYear, each.phone, each.paper].filter(Boolean).join(" · ")}</span>
                {each.wrong && <span className="wrong">{each.wrong.map(flaw).join("; ")}</span>}
              </span>
              <Button
                tone="plain"
                onClick={() => {
                  setOne({ ...nobody, ...each });
                  onSeats(seats.filter((other) => other !== each));
                  document.getElementById("seat-name")?.focus();
                }}
              >
                {t("passengers.change", { seat: each.seat })}
              </Button>
              <Button tone="plain" onClick={() => onSeats(seats.filter((other) => other !== each))}>
                {t("passengers.drop", { seat: each.seat })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
