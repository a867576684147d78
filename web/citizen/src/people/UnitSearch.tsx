// Finding a commune by typing a part of its name, with or without diacritics.

import type { UnitHit } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useSettled } from "../app/hooks";
import { unitSearchQuery } from "../app/queries";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Frame } from "../ui/parts";
import { SuggestBox } from "./SuggestBox";
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

function UnitBox({ text, accepts, onChoose, none, failed, ...box }: BoxProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const wanted = useSettled(text.trim());
  const asking = open && wanted.length >= 2;
  const search = useQuery({
    ...unitSearchQuery(wanted),
    enabled: asking,
    placeholderData: (previous) => previous,
  });
  const hits = asking ? (search.data ?? []).filter(accepts) : [];
  return (
    <SuggestBox
      {...box}
      text={text}
      open={open}
      onOpen={setOpen}
      placeholder={t("unit.placeholder")}
      matches={t("unit.matches")}
      hits={hits.map(({ unit, path }) => ({ id: unit.id, title: unit.fullName, more: path.split(", ").slice(1).join(", ") }))}
      onChoose={(index) => onChoose({ id: hits[index]!.unit.id, path: hits[index]!.path })}
      said={(asking && search.isSuccess && hits.length === 0 && none) || (open && search.isError && failed)}
    />
  );
}
