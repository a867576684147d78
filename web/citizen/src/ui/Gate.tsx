// The frame of the pages before the door: the hedge, the name, the language, and one thing to do.

import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";

import { useText } from "../i18n";
import { Hedge, Mark } from "./Brand";
import styles from "./Gate.module.css";

const LanguageSheet = lazy(async () => ({ default: (await import("../i18n/LanguageSheet")).LanguageSheet }));

/** Says itself in languages other than the one that is read: who looks for it cannot read that one. `plain`: within a page. */
export function LanguageSwitch({ plain }: { plain?: boolean }) {
  const { language, t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        className={plain ? "button" : styles.language}
        data-tone={plain ? "plain" : undefined}
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span className="hidden">{t("language.switch")}: </span>
        {language === "vi" ? (
          <>
            <span lang="en">English</span>, <span lang="zh">中文</span>…
          </>
        ) : (
          <span lang="vi">Tiếng Việt…</span>
        )}
      </button>
      {open && (
        <Suspense fallback={null}>
          <LanguageSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

export function Gate({
  title,
  lead,
  children,
  step,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  step?: { now: number; of: number };
}) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Lũy Tre`;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div className={styles.gate}>
      <header className={styles.top}>
        <Hedge className={styles.hedge} />
        <div className={styles.brand}>
          <Mark size={44} />
          <span className={styles.name}>Lũy Tre</span>
          <LanguageSwitch />
        </div>
        <p className={styles.motto}>{t("motto")}</p>
      </header>
      <main className={styles.main}>
        <div className="stack-small">
          {step && (
            <div className={styles.steps} role="img" aria-label={t("step", { now: step.now, of: step.of })}>
              {Array.from({ length: step.of }, (_, i) => (
                <span key={i} data-done={i < step.now || undefined} />
              ))}
            </div>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className="soft">{lead}</p>}
        </div>
        {children}
      </main>
    </div>
  );
}
