// What forms are drawn with here.

import type { Kit } from "@luytre/shared/forms";

import { useText } from "../i18n";
import { PlaceInWords } from "../people/UnitSearch";
import { Button, Checks, Choices, described, Frame, Input, Select } from "../ui/parts";
import styles from "./Body.module.css";
import { CountryBox } from "./CountryBox";

export const kit: Kit = {
  useWords: () => {
    const { t, language } = useText();
    return {
      language,
      yes: t("yes"),
      no: t("no"),
      several: t("form.several"),
      other: t("form.other"),
      roughMonth: t("form.roughMonth"),
      roughYear: t("form.roughYear"),
      destination: t("form.destinationHint"),
      addLine: t("form.addLine"),
      add: t("form.add"),
      addAnother: t("form.addAnother"),
      remove: (number) => t("form.removeInstance", { number }),
      flaw: (flaw, most) => t(`form.flaw.${flaw}`, { most }),
    };
  },
  Choices,
  Checks,
  Select,
  Input,
  Place: PlaceInWords,
  Country: CountryBox,
  Long: ({ value, onValue, maxLength, ...field }) => (
    <Frame {...field}>
      <textarea
        className="input"
        id={field.id}
        rows={3}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={field.wrong ? true : undefined}
        aria-describedby={described(field.id, field.hint, field.wrong)}
      />
    </Frame>
  ),
  Act: ({ small, plus, onClick, children }) => (
    <Button tone={small ? "plain" : "second"} {...(plus ? { icon: "plus" as const } : {})} onClick={onClick}>
      {children}
    </Button>
  ),
  Said: ({ children }) => <p className="soft">{children}</p>,
  Group: ({ title, children }) => (
    <section className={styles.group}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  ),
  Instance: ({ label, children }) => (
    <div role="group" aria-label={label} className={styles.instance}>
      {children}
    </div>
  ),
  Asked: ({ wrong, below, children }) => (
    <div className={styles.question} data-question data-wrong={wrong || undefined}>
      <div className="stack-small">{children}</div>
      {below && <div className={styles.below}>{below}</div>}
    </div>
  ),
};
