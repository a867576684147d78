// One question of a form. It shows no answer that the person has not given.

import { useState } from "react";

import { CountryQuestion } from "./CountryQuestion";
import {
  asDropDown,
  asksCountry,
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
} from "./filling";
import { useKit, type Field } from "./kit";

interface Props {
  item: Item;
  id: string;
  answers: readonly Answer[];
  wrong: string | undefined;
  /** `unit`: the administrative unit that the answer is, when one was chosen. */
  onAnswer: (answers: readonly Answer[], unit?: string) => void;
}

export function Question({ item, id, answers, wrong, onAnswer }: Props) {
  const { Choices, Input, Long, Picture, useWords } = useKit();
  const { language, yes, no } = useWords();
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
            { value: "true", text: yes },
            { value: "false", text: no },
          ]}
        />
      );
    case "choice":
      return <Chosen {...common} item={item} answers={answers} onAnswer={onAnswer} />;
    case "open-choice":
      if (asksCountry(item)) return <CountryQuestion {...common} answer={only} maxLength={item.maxLength} onAnswer={onAnswer} />;
      // Of an empty list there is nothing but words.
      if (!item.answerOption?.length && !item.repeats)
        return <Words {...common} item={item} value={only?.valueString ?? ""} onValue={(value) => onAnswer(said(value))} />;
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
    case "attachment":
      return (
        Picture && (
          <Picture
            {...common}
            value={only?.valueAttachment}
            onValue={(file) => onAnswer(file ? [{ valueAttachment: file }] : [])}
          />
        )
      );
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
  const { Input, Place, useWords } = useKit();
  const { destination } = useWords();
  if (!asksPlace(item))
    return <Input {...common} maxLength={item.maxLength} autoComplete="off" value={value} onValue={onValue} />;
  return (
    <Place
      {...common}
      {...(isDestination(item) ? { hint: destination } : {})}
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
  const { Act, useWords } = useKit();
  const { addLine } = useWords();
  const lines = answers.length > 0 ? answers : [{}];
  const line = (i: number) => (i === 0 ? id : `${id}-${i}`);
  return (
    <>
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
        <Act
          small
          plus
          onClick={() => {
            onAnswer([...answers, { valueString: "" }]);
            requestAnimationFrame(() => document.getElementById(line(answers.length))?.focus());
          }}
        >
          {addLine}
        </Act>
      )}
    </>
  );
}

const digits = (text: string): string => text.replace(/\D/g, "").slice(0, 9);

type Common = Omit<Field, "hint">;

function Chosen({ item, answers, onAnswer, ...common }: Common & Pick<Props, "item" | "answers" | "onAnswer">) {
  const { Checks, Choices, Input, Select, useWords } = useKit();
  const { language, other, several } = useWords();
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
      id={`${common.id}-other`}
      label={other}
      optional
      wrong={undefined}
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
          hint={several}
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
  const { Input, useWords } = useKit();
  const { language } = useWords();
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
  const { Input, useWords } = useKit();
  const { roughMonth, roughYear } = useWords();
  const [text, setText] = useState(() => writeDate(value)); // as typed: "7/20" on the way to "7/2021" is no date yet
  return (
    <Input
      {...common}
      hint={year ? roughYear : roughMonth}
      autoComplete="off"
      value={text}
      onValue={(typed) => {
        setText(typed);
        onValue(readDate(typed));
      }}
    />
  );
}
