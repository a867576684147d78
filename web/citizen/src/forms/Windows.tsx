// When a form is due today, and what became of each time: as the server judged it.

import type { FormsNow } from "@luytre/shared/api";
import { clock } from "@luytre/shared/time";

import { useText } from "../i18n";
import { Icon, type IconName } from "../ui/Icon";

type Window = FormsNow["items"][number]["windows"][number];

const tones = { done: "good", late: "care", open: "care", later: undefined, missed: "bad", past: undefined } as const;
const signs: Record<Window["state"], IconName> = {
  done: "check",
  late: "clock",
  open: "bell",
  later: "clock",
  missed: "warn",
  past: "clock",
};

export function Windows({ windows }: { windows: readonly Window[] }) {
  const { t, language } = useText();
  if (windows.length === 0) return null;
  return (
    <span className="wrap">
      {windows.map(({ from, until, state }) => (
        <span key={from} className="tag" data-tone={tones[state]}>
          <Icon name={signs[state]} size={16} />
          {t(`due.${state}`, { from: clock(from, language), until: endOf(until, language) })}
        </span>
      ))}
    </span>
  );
}

/** Midnight at the end of a day is 24:00. */
const endOf = (until: string, language: string): string => {
  const text = clock(until, language);
  return text === "00:00" ? "24:00" : text;
};
