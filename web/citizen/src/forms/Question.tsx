// One question of a form. It shows no answer that the person has not given.

import { useState } from "react";

import { useText } from "../i18n";
import { Button, Checks, Choices, described, Frame, Input, Select } from "../ui/parts";
import { PlaceInWords } from "../people/UnitSearch";
import {
  asDropDown,
  asksPlace,
  isDestination,
  optionAnswer,
  optionText,
  precision,
  readDate,
  sameAnswer,
  textOf,
  unitOf,
  writeDate,
  type Answer,
  type Item,
} from "./questionnaire";

interface Props {
  item: Item;
  id: string;
  answers: readonly Answer[];
  wrong: string | undefined;
  /** `unit`: the administrative unit that the answer is, when one was chosen. */
  onAnswer: (answers: readonly Answer[], unit?: string) => void;
}

export function Question({ item, id, answers, wrong, onAnswer }: Props) {
  const { t, language } = useText();
  const text = [item.prefix, textOf(item.text, item._text, language)].filter(Boolean).join(" ");
  const common = { id, label: text, optional: !item.required, wrong };
  const only = answers[0];
  const typed = (value: string, answer: Answer) => onAnswer(value === "" ? [] : [answer]);

  switch (item.type) {
    case "boolean":
      return (
        <Choices
          {...common}
          columns={2}
          value={only?.valueBoolean === undefined ? undefined : String(only.valueBoolean)}
          onValue={(value) => onAnswer([{ valueBoolean: value === "true" }])}
          options={[
            { value: "true", text: t("yes") },
            { value: "false", text: t("no") },
          ]}
        />
      );
    case "choice":
    case "open-choice":
      return <Chosen {...common} item={item} answers={answers} onAnswer={onAnswer} />;
    case "date":
      if (precision(item) !== "day")
        return (
          <RoughDate
            {...common}
            year={precision(item) === "year"}
            value={only?.valueDate ?? ""}
            onValue={(value) => typed(value, { valueDate: value })}
          />
        );
      return (
        <Input
          {...common}
          type="date"
          value={only?.valueDate ?? ""}
          onValue={(value) => typed(value, { valueDate: value })}
        />
      );
    case "dateTime":
      return (
        <Input
          {...common}
          type="datetime-local"
          value={only?.valueDateTime?.slice(0, 16) ?? ""}
          onValue={(value) => typed(value, { valueDateTime: `${value}:00+07:00` })}
        />
      );
    case "time":
      return (
        <Input
          {...common}
          type="time"
          value={only?.valueTime?.slice(0, 5) ?? ""}
          onValue={(value) => typed(value, { valueTime: `${value}:00` })}
        />
      );
    case "integer":
      return (
        <Input
          {...common}
          inputMode="numeric"
          value={only?.valueInteger === undefined ? "" : String(only.valueInteger)}
          onValue={(value) => typed(digits(value), { valueInteger: Number(digits(value)) })}
        />
      );
    case "decimal":
      return (
        <Decimal
          {...common}
          value={only?.valueDecimal}
          onValue={(value) => onAnswer(value === undefined ? [] : [{ valueDecimal: value }])}
        />
      );
    case "quantity": {
      const unit = unitOf(item);
      return (
        <Decimal
          {...common}
          label={unit ? `${text} (${unit.unit})` : text}
          value={only?.valueQuantity?.value}
          onValue={(value) => onAnswer(value === undefined || !unit ? [] : [{ valueQuantity: { value, ...unit } }])}
        />
      );
    }
    case "text":
      return (
        <Long
          {...common}
          maxLength={item.maxLength}
          value={only?.valueString ?? ""}
          onValue={(value) => typed(value, { valueString: value })}
        />
      );
    default:
      return item.repeats ? (
        <Several {...common} item={item} answers={answers} onAnswer={onAnswer} />
      ) : (
        <Words
          {...common}
          item={item}
          value={only?.valueString ?? ""}
          onValue={(value, unit) => onAnswer(said(value), unit)}
        />
      );
  }
}

const said = (value: string): Answer[] => (value === "" ? [] : [{ valueString: value }]);

/** One line of words, or a place. */
function Words({
  item,
  value,
  onValue,
  ...common
}: Common & { item: Item; value: string; onValue: (value: string, unit?: string) => void }) {
  const { t } = useText();
  if (!asksPlace(item))
    return <Input {...common} maxLength={item.maxLength} autoComplete="off" value={value} onValue={onValue} />;
  return (
    <PlaceInWords
      {...common}
      {...(isDestination(item) ? { hint: t("form.destinationHint") } : {})}
      maxLength={item.maxLength}
      value={value}
      onValue={onValue}
    />
  );
}

/** Several answers to one question, a line each. */
function Several({
  item,
  id,
  label,
  wrong,
  optional,
  answers,
  onAnswer,
}: Common & Pick<Props, "item" | "answers" | "onAnswer">) {
  const { t } = useText();
  const lines = answers.length > 0 ? answers : [{}];
  const line = (i: number) => (i === 0 ? id : `${id}-${i}`);
  return (
    <div className="stack-small">
      {lines.map((answer, i) => (
        <Words
          key={i}
          item={item}
          id={line(i)}
          label={lines.length > 1 ? `${label} (${i + 1})` : label}
          optional={optional || i > 0}
          wrong={i === 0 ? wrong : undefined}
          value={answer.valueString ?? ""}
          onValue={(value) => {
            const next = lines.map((other, at) => (at === i ? { valueString: value } : other));
            // An emptied line goes, the first stays as a place to write.
            onAnswer(next.filter((other, at) => (at === i ? value !== "" : other.valueString !== undefined)));
          }}
        />
      ))}
      {answers.length > 0 && answers.at(-1)?.valueString && (
        <Button
          tone="plain"
          icon="plus"
          onClick={() => {
            onAnswer([...answers, { valueString: "" }]);
            requestAnimationFrame(() => document.getElementById(line(answers.length))?.focus());
          }}
        >
          {t("form.addLine")}
        </Button>
      )}
    </div>
  );
}

const digits = (text: string): string => text.replace(/\D/g, "").slice(0, 9);

interface Common {
  id: string;
  label: string;
  optional: boolean;
  wrong: string | undefined;
}

function Chosen({ item, answers, onAnswer, ...common }: Common & Pick<Props, "item" | "answers" | "onAnswer">) {
  const { t, language } = useText();
  const options = item.answerOption ?? [];
  const all = options.map((option, i) => ({ value: String(i), text: optionText(option, language) }));
  const chosen = options.flatMap((option, i) =>
    answers.some((answer) => sameAnswer(answer, optionAnswer(option))) ? [String(i)] : [],
  );
  const own = answers.find(
    (answer) => answer.valueString !== undefined && !options.some((option) => sameAnswer(answer, optionAnswer(option))),
  );
  const answerOf = (index: string): Answer => optionAnswer(options[Number(index)]!);
  const open = item.type === "open-choice" && (
    <Input
      label={t("form.other")}
      optional
      value={own?.valueString ?? ""}
      onValue={(value) => {
        const rest = item.repeats ? answers.filter((answer) => answer !== own) : [];
        onAnswer(value === "" ? rest : [...rest, { valueString: value }]);
      }}
    />
  );
  if (item.repeats)
    return (
      <>
        <Checks
          {...common}
          hint={t("form.several")}
          values={chosen}
          options={all}
          onToggle={(index) => {
            const answer = answerOf(index);
            onAnswer(
              chosen.includes(index) ? answers.filter((other) => !sameAnswer(other, answer)) : [...answers, answer],
            );
          }}
        />
        {open}
      </>
    );
  if (asDropDown(item))
    return (
      <>
        <Select
          {...common}
          value={chosen[0] ?? ""}
          options={all}
          onValue={(index) => onAnswer(index === "" ? [] : [answerOf(index)])}
        />
        {open}
      </>
    );
  return (
    <>
      <Choices
        {...common}
        value={chosen[0]}
        options={all}
        columns={all.length === 2 && all.every(({ text }) => text.length < 14) ? 2 : 1}
        onValue={(index) => onAnswer([answerOf(index)])}
      />
      {open}
    </>
  );
}

function Decimal({
  value,
  onValue,
  ...common
}: Common & { value: number | undefined; onValue: (value: number | undefined) => void }) {
  const { language } = useText();
  // As typed: "38," on the way to "38,5" is no number yet.
  const [text, setText] = useState(
    value === undefined ? "" : String(value).replace(".", language === "vi" ? "," : "."),
  );
  return (
    <Input
      {...common}
      inputMode="decimal"
      value={text}
      onValue={(typed) => {
        setText(typed);
        const number = Number(typed.replace(",", "."));
        onValue(typed.trim() === "" ? undefined : number);
      }}
    />
  );
}

/** A date of which perhaps only the month or year is known: written as people do, and kept as precisely as it was. */
function RoughDate({
  value,
  onValue,
  year,
  ...common
}: Common & { value: string; onValue: (value: string) => void; year: boolean }) {
  const { t } = useText();
  const [text, setText] = useState(() => writeDate(value)); // as typed: "7/20" on the way to "7/2021" is no date yet
  return (
    <Input
      {...common}
      hint={t(year ? "form.roughYear" : "form.roughMonth")}
      autoComplete="off"
      value={text}
      onValue={(typed) => {
        setText(typed);
        onValue(readDate(typed));
      }}
    />
  );
}

function Long({
  id,
  label,
  optional,
  wrong,
  value,
  onValue,
  maxLength,
}: Common & { value: string; onValue: (value: string) => void; maxLength: number | undefined }) {
  return (
    <Frame {...{ id, label, optional, wrong }}>
      <textarea
        className="input"
        id={id}
        rows={3}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, undefined, wrong)}
      />
    </Frame>
  );
}
