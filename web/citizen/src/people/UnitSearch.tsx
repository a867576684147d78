// Finding a commune by typing a part of its name, with or without diacritics: a combobox after the WAI-ARIA pattern.

import type { UnitHit } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent } from "react";

import { useSettled } from "../app/hooks";
import { unitSearchQuery } from "../app/queries";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { described, Frame } from "../ui/parts";
import styles from "./UnitSearch.module.css";

export interface ChosenUnit {
  id: string;
  path: string;
}

interface Props {
  id: string;
  label: string;
  hint?: string;
  value: ChosenUnit | undefined;
  onValue: (unit: ChosenUnit | undefined) => void;
  wrong?: string | undefined;
}

// People live in communes; a province or a former district answers no question here.
const isCommune = ({ unit }: UnitHit) => unit.level === "commune" && !unit.validTo;

export function UnitSearch({ id, label, hint, value, onValue, wrong }: Props) {
  const { t } = useText();
  const [text, setText] = useState("");
  return (
    <Frame {...{ id, label, wrong }} hint={value ? undefined : hint}>
      {value ? (
        <div className={styles.chosen}>
          <Icon name="place" />
          <span className="grow strong">{value.path}</span>
          <button
            className="button"
            data-tone="plain"
            type="button"
            onClick={() => {
              onValue(undefined);
              requestAnimationFrame(() => document.getElementById(id)?.focus());
            }}
          >
            {t("change")}
          </button>
        </div>
      ) : (
        <UnitBox
          id={id}
          hinted={hint !== undefined}
          wrong={wrong !== undefined}
          text={text}
          onText={setText}
          accepts={isCommune}
          onChoose={(unit) => {
            onValue(unit);
            setText("");
          }}
          none={t("unit.none")}
          failed={t("unit.failed")}
        />
      )}
    </Frame>
  );
}

const isCurrent = ({ unit }: UnitHit) => !unit.validTo;

interface PlaceProps extends Omit<Props, "value" | "onValue"> {
  value: string;
  /** The unit is known only while the text is exactly what was chosen. */
  onValue: (text: string, unit?: string) => void;
  optional: boolean;
  maxLength?: number | undefined;
}

/** A place in words: a unit chosen from those found, or anything typed, for it may lie abroad or there may be no network. */
export function PlaceInWords({ id, label, hint, value, onValue, wrong, optional, maxLength }: PlaceProps) {
  return (
    <Frame {...{ id, label, hint, wrong, optional }}>
      <UnitBox
        id={id}
        hinted={hint !== undefined}
        wrong={wrong !== undefined}
        text={value}
        onText={onValue}
        accepts={isCurrent}
        onChoose={({ id: unit, path }) => onValue(path, unit)}
        maxLength={maxLength}
      />
    </Frame>
  );
}

interface BoxProps {
  id: string;
  hinted: boolean;
  wrong: boolean;
  text: string;
  onText: (text: string) => void;
  accepts: (hit: UnitHit) => boolean;
  onChoose: (unit: ChosenUnit) => void;
  maxLength?: number | undefined;
  /** What is said when nothing is found, or cannot be. */
  none?: string;
  failed?: string;
}

function UnitBox({ id, hinted, wrong, text, onText, accepts, onChoose, maxLength, none, failed }: BoxProps) {
  const { t } = useText();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = useSettled(text.trim());
  const asking = open && wanted.length >= 2;
  const search = useQuery({
    ...unitSearchQuery(wanted),
    enabled: asking,
    placeholderData: (previous) => previous,
  });
  const hits = asking ? (search.data ?? []).filter(accepts) : [];

  const choose = (index: number) => {
    const hit = hits[index];
    if (!hit) return;
    onChoose({ id: hit.unit.id, path: hit.path });
    setOpen(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (hits.length > 0) setActive((active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter" && open && hits[active]) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      setOpen(false);
    }
  };

  return (
    <div className={styles.box}>
      <input
        className="input"
        id={id}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, hinted, wrong)}
        autoComplete="off"
        placeholder={t("unit.placeholder")}
        maxLength={maxLength}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={keys}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <ul className={styles.list} id={listId} role="listbox" aria-label={t("unit.matches")} hidden={hits.length === 0}>
        {hits.map(({ unit, path }, index) => (
          <li
            key={unit.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault(); // keep the focus, so that blur does not close the list first
              choose(index);
            }}
          >
            <span className="strong">{unit.fullName}</span>
            <span className="small soft">{path.split(", ").slice(1).join(", ")}</span>
          </li>
        ))}
      </ul>
      <p className="hint" role="status">
        {asking && search.isSuccess && hits.length === 0 && none}
        {open && search.isError && failed}
      </p>
    </div>
  );
}
