// Moments on the screen: local Vietnamese time, the exact one in the title.
import { clock, day, dayAndClock, daysBetween } from "@luytre/shared/time";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { languageOf } from "../i18n";
import { span } from "../logic/moments";

/** A clock that ticks every half minute, for what is late or how long ago. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function useLanguage() {
  return languageOf(useTranslation().i18n.language);
}

/** 18/11 08:05, with the year only when it is not this one. */
export function When({ at }: { at: string }) {
  const language = useLanguage();
  const date = day(at, language);
  const shown = date.endsWith(String(new Date().getFullYear())) ? date.slice(0, 5) : date;
  return (
    <time dateTime={at} title={dayAndClock(at, language)} className="number">
      {shown} {clock(at, language)}
    </time>
  );
}

export function Day({ at }: { at: string }) {
  const language = useLanguage();
  return (
    <time dateTime={at} className="number">
      {day(at, language)}
    </time>
  );
}

/** 08:05–09:40 18/11, or both days when they differ. */
export function WhenSpan({ from, to }: { from: string; to: string }) {
  const language = useLanguage();
  if (daysBetween(from, to) === 0) {
    return (
      <span className="number" title={day(from, language)}>
        {clock(from, language)}–{clock(to, language)} · {day(from, language).slice(0, 5)}
      </span>
    );
  }
  return (
    <span className="number">
      {clock(from, language)} {day(from, language).slice(0, 5)} – {clock(to, language)} {day(to, language).slice(0, 5)}
    </span>
  );
}

/** "3 hours ago", "in 20 minutes". */
export function Ago({ at }: { at: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const difference = Date.parse(at) - useNow();
  const length = span(difference);
  const words = t(`common.span.${length.unit}`, { count: length.value });
  return (
    <time dateTime={at} title={dayAndClock(at, language)} className="nowrap">
      {length.unit === "minute" && length.value === 0 ? t("common.now") : t(difference < 0 ? "common.ago" : "common.in", { span: words })}
    </time>
  );
}

/** How long there is still, or how long it is late. */
export function Due({ at }: { at: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const left = Date.parse(at) - useNow();
  const length = span(left);
  const words = t(`common.span.${length.unit}`, { count: length.value });
  return (
    <time dateTime={at} title={dayAndClock(at, language)} className="nowrap">
      {t(left < 0 ? "common.late" : "common.left", { span: words })}
    </time>
  );
}

/** The unit's own name; what it lies in is in the title. */
export function UnitName({ path }: { path: string }) {
  const [own] = path.split(",");
  return (
    <span className="nowrap" title={path}>
      {own}
    </span>
  );
}
