// The parts that pages are made of: buttons, fields, choices, notices, skeletons, the page itself.

import { Link, useRouter, type LinkProps } from "@tanstack/react-router";
import { useEffect, useId, useRef, type ButtonHTMLAttributes, type InputHTMLAttributes, type ReactNode } from "react";

import { useText } from "../i18n";
import { Icon, type IconName } from "./Icon";

type Tone = "main" | "second" | "plain" | "danger";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  tone?: Tone;
  wide?: boolean;
  icon?: IconName;
  /** Work is under way: a second tap does nothing, and the button keeps its focus. */
  busy?: boolean;
  /** Not yet: as busy, without a sign of work. */
  resting?: boolean;
}

export function Button({
  tone = "main",
  wide,
  icon,
  busy,
  resting,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      className="button"
      data-tone={tone}
      data-wide={wide || undefined}
      aria-disabled={busy || resting || undefined}
      type={type}
      onClick={(event) => {
        if (busy || resting) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {busy ? <span className="spin" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function ButtonLink({
  tone = "main",
  wide,
  icon,
  children,
  ...link
}: LinkProps & { tone?: Tone; wide?: boolean; icon?: IconName; children: ReactNode }) {
  return (
    <Link className="button" data-tone={tone} data-wide={wide || undefined} {...link}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong, as a sentence. */
  wrong?: string | undefined;
  optional?: boolean;
}

export function Frame({ label, hint, wrong, optional, id, children }: FieldProps & { id: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="optional">({t("optional")})</span>}
      </label>
      {hint && (
        <p className="hint" id={id + "-hint"}>
          {hint}
        </p>
      )}
      {children}
      <Wrong id={id + "-wrong"} text={wrong} />
    </div>
  );
}

export function Wrong({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p className="wrong" id={id}>
      <Icon name="warn" size={20} />
      {text}
    </p>
  );
}

export const described = (id: string, hint: unknown, wrong: unknown) =>
  [hint ? id + "-hint" : "", wrong ? id + "-wrong" : ""].filter(Boolean).join(" ") || undefined;

type InputProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> & {
    value: string;
    onValue: (value: string) => void;
    className?: string;
  };

export function Input({
  label,
  hint,
  wrong,
  optional,
  value,
  onValue,
  className = "",
  id: given,
  ...rest
}: InputProps) {
  const made = useId();
  const id = given ?? made;
  return (
    <Frame {...{ label, hint, wrong, id }} optional={optional ?? false}>
      <input
        {...rest}
        id={id}
        className={`input ${className}`}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, hint, wrong)}
        required={!optional}
      />
    </Frame>
  );
}

export function Select({
  label,
  hint,
  wrong,
  optional,
  value,
  onValue,
  options,
  id: given,
}: FieldProps & {
  id?: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly { value: string; text: string }[];
}) {
  const { t } = useText();
  const made = useId();
  const id = given ?? made;
  return (
    <Frame {...{ label, hint, wrong, id }} optional={optional ?? false}>
      <select
        className="input"
        id={id}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, hint, wrong)}
      >
        <option value="">{t("choose")}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface ChoicesProps extends FieldProps {
  name?: string;
  options: readonly { value: string; text: ReactNode }[];
  columns?: 1 | 2 | 3;
  /** Id of the group, for links that lead to it. */
  id?: string;
}

/** One of several. Nothing is chosen until the person chooses. */
export function Choices({
  value,
  onValue,
  ...rest
}: ChoicesProps & { value: string | undefined; onValue: (value: string) => void }) {
  return <ChoiceGroup {...rest} type="radio" chosen={value === undefined ? [] : [value]} onToggle={onValue} />;
}

export function Checks({
  values,
  onToggle,
  ...rest
}: ChoicesProps & { values: readonly string[]; onToggle: (value: string) => void }) {
  return <ChoiceGroup {...rest} type="checkbox" chosen={values} onToggle={onToggle} />;
}

function ChoiceGroup({
  label,
  hint,
  wrong,
  optional,
  name,
  options,
  columns = 1,
  id: given,
  type,
  chosen,
  onToggle,
}: ChoicesProps & { type: "radio" | "checkbox"; chosen: readonly string[]; onToggle: (value: string) => void }) {
  const { t } = useText();
  const made = useId();
  const id = given ?? made;
  return (
    <fieldset
      className="field"
      id={id}
      aria-describedby={described(id, hint, wrong)}
      aria-invalid={wrong ? true : undefined}
    >
      <legend className="legend">
        {label} {optional && <span className="optional">({t("optional")})</span>}
      </legend>
      {hint && (
        <p className="hint" id={id + "-hint"}>
          {hint}
        </p>
      )}
      <div className="choices" data-columns={columns}>
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              type={type}
              name={name ?? id}
              value={option.value}
              checked={chosen.includes(option.value)}
              onChange={() => onToggle(option.value)}
            />
            <span className="grow">{option.text}</span>
          </label>
        ))}
      </div>
      <Wrong id={id + "-wrong"} text={wrong} />
    </fieldset>
  );
}

export function Notice({
  tone = "good",
  icon,
  title,
  children,
  live,
}: {
  tone?: "good" | "care" | "bad";
  icon?: IconName;
  title?: ReactNode;
  children?: ReactNode;
  live?: boolean;
}) {
  return (
    <div className="notice" data-tone={tone} role={live ? (tone === "bad" ? "alert" : "status") : undefined}>
      <Icon name={icon ?? (tone === "good" ? "info" : "warn")} />
      <div className="grow stack-small">
        {title && <p className="strong">{title}</p>}
        {children}
      </div>
    </div>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={56} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Grey shapes while something loads; read out once, as "loading". */
export function Skeleton({ lines = [64, 64, 64] }: { lines?: readonly number[] }) {
  const { t } = useText();
  return (
    <div className="stack" role="status">
      <span className="hidden">{t("loading")}</span>
      {lines.map((height, i) => (
        <div className="skeleton" style={{ height }} key={i} />
      ))}
    </div>
  );
}

/** A page: its heading takes the focus when one arrives, so that a screen reader says where one is. */
export function Page({
  title,
  back,
  action,
  children,
  lead,
}: {
  title: string;
  back?: LinkProps["to"] | true;
  action?: ReactNode;
  children: ReactNode;
  lead?: ReactNode;
}) {
  const { t } = useText();
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Lũy Tre`;
  }, [title]);
  useEffect(() => {
    scrollTo(0, 0); // also for a new step on the same address; going back, the router restores the place afterwards
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page">
      <header className="stack-small">
        <div className="page-head">
          {back === true ? (
            <button className="round" onClick={() => router.history.back()} aria-label={t("back")} type="button">
              <Icon name="back" />
            </button>
          ) : (
            back && (
              <Link className="round" to={back} aria-label={t("back")}>
                <Icon name="back" />
              </Link>
            )
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {action}
        </div>
        {lead && <p className="soft">{lead}</p>}
      </header>
      {children}
    </div>
  );
}

/** A sheet that slides up on a phone and stands in the middle of a desk. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog
      className="sheet"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
