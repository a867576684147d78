// Home: what matters now, then everything one can do.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { clock, day, longDay } from "@luytre/shared/time";
import { Link, type LinkProps } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";

import { useNow } from "../app/hooks";
import { declarationsQuery, decisionsQuery, formsQuery, usePeople, useUnread, visitsQuery, warningsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { Hedge, Mark } from "../ui/Brand";
import { LanguageSwitch } from "../ui/Gate";
import { Icon, type IconName } from "../ui/Icon";
import { Waiting } from "../visits/Waiting";
import styles from "./Home.module.css";

export function Home() {
  const { t, language } = useText();
  const { self } = usePeople();
  const unread = useUnread();
  const warnings = useInfiniteQuery(warningsQuery);
  const now = useNow(30_000);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "Lũy Tre";
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.home}>
      <header className={styles.top}>
        <Hedge className={styles.hedge} />
        <div className={styles.brand}>
          <Mark size={36} />
          <span className="grow">Lũy Tre</span>
          <LanguageSwitch />
        </div>
        <div className={styles.greeting}>
          <h1 ref={heading} tabIndex={-1}>
            {t("home.hello", { name: givenName(self?.name ?? "") })}
          </h1>
          <p>{longDay(now, language)}</p>
        </div>
      </header>
      <div className={styles.body}>
        {unread > 0 && (
          <Link to="/warnings" className={styles.alarm}>
            <Icon name="bell" size={28} />
            <span className="grow strong">{t("home.unread", { count: unread })}</span>
            <Icon name="next" />
          </Link>
        )}
        <Suspense>
          <OrdersAlarm />
        </Suspense>
        <Link to="/scan" className={styles.scan}>
          <span className={styles.lens}>
            <Icon name="scan" size={34} />
          </span>
          <span className="grow">
            <span className={styles.big}>{t("home.scan")}</span>
            <span className={styles.sub}>{t("home.scanHint")}</span>
          </span>
          <Icon name="next" />
        </Link>
        <Due />
        <Here />
        <Waiting />
        <ul className={styles.tiles}>
          <Tile to="/code" icon="code" title={t("home.code")} text={t("home.codeHint")} />
          <Tile to="/declare" icon="form" title={t("home.declare")} text={<LastDeclaration />} />
          <Tile to="/visits" icon="path" title={t("home.visits")} text={t("home.visitsHint")} />
          <Tile
            to="/warnings"
            icon="bell"
            title={t("home.warnings")}
            text={
              unread > 0
                ? t("home.warningsUnread", { count: unread })
                : warnings.isPending
                  ? "…"
                  : t(warnings.data ? "home.warningsNone" : "home.warningsUnknown")
            }
            badge={unread}
          />
          <Tile to="/family" icon="family" title={t("home.family")} text={t("home.familyHint")} />
          <Tile to="/access" icon="eye" title={t("home.access")} text={t("home.accessHint")} />
        </ul>
        <InForce />
        <div className="list">
          <Suspense>
            <OrdersLine />
            <ResultsLine />
          </Suspense>
          <Link to="/places" className="line">
            <Icon name="shop" />
            <span className="grow">
              <span className="strong">{t("home.keeper")}</span>
              <br />
              <span className="small soft">{t("home.keeperHint")}</span>
            </span>
            <Icon name="next" size={20} />
          </Link>
        </div>
      </div>
    </div>
  );
}

const ResultsLine = lazy(async () => ({ default: (await import("../results/ResultsLine")).ResultsLine }));

const OrdersAlarm = lazy(async () => ({ default: (await import("../orders/OrdersLine")).OrdersAlarm }));

const OrdersLine = lazy(async () => ({ default: (await import("../orders/OrdersLine")).OrdersLine }));

const DueNow = lazy(async () => ({ default: (await import("../forms/DueNow")).DueNow }));

/** Loaded only where a decision names a form: elsewhere nothing is due. */
function Due() {
  const named = useQuery(decisionsQuery).data?.some(({ form }) => form) ?? false;
  if (!named) return null;
  return (
    <Suspense>
      <DueNow className={styles.here} />
    </Suspense>
  );
}

/** People are called by the last word of a Vietnamese name. */
const givenName = (name: string): string => name.trim().split(/\s+/).at(-1) ?? "";

function Tile({
  to,
  icon,
  title,
  text,
  badge = 0,
}: {
  to: LinkProps["to"];
  icon: IconName;
  title: string;
  text: ReactNode;
  badge?: number;
}) {
  return (
    <li>
      <Link to={to} className={styles.tile}>
        <span className={styles.tileIcon}>
          <Icon name={icon} size={26} />
          {badge > 0 && (
            <span className="badge" aria-hidden="true">
              {badge}
            </span>
          )}
        </span>
        <span className="strong">{title}</span>
        <span className="small soft">{text}</span>
      </Link>
    </li>
  );
}

/** The colour of the declaration that still holds, in words. */
function LastDeclaration() {
  const { t, language } = useText();
  const last = useInfiniteQuery(declarationsQuery()).data?.pages[0]?.items[0];
  if (!last || Date.parse(last.validUntil) < Date.now()) return t("home.declareHint");
  return t("home.declared", {
    colour: t(`colour.${last.result.colour}`),
    until: `${clock(last.validUntil, language)} ${day(last.validUntil, language)}`,
  });
}

/** Where one is right now, to leave with one tap. */
function Here() {
  const { t, language } = useText();
  const now = useNow(30_000);
  const visits = useInfiniteQuery(visitsQuery()).data?.pages[0]?.items ?? [];
  const open = visits.find((visit) => visit.outEstimated && Date.parse(visit.in) <= now && now < Date.parse(visit.out));
  if (!open) return null;
  return (
    <Link to="/visits" className={styles.here}>
      <Icon name="place" />
      <span className="grow">
        <span className="strong">{open.placeName}</span>
        <br />
        <span className="small">{t("home.hereSince", { time: clock(open.in, language) })}</span>
      </span>
      <span className="small strong">{t("home.leave")}</span>
      <Icon name="next" size={20} />
    </Link>
  );
}

/** What is asked of people at present, since when, until when, and on what basis; or that nothing is. */
function InForce() {
  const { t, language } = useText();
  const { data } = useQuery(decisionsQuery);
  const named = useQuery({ ...formsQuery, enabled: data?.some(({ form }) => form) ?? false }).data;
  if (!data) return null;
  const what = ({ form, purpose }: (typeof data)[number]) => {
    const title = named?.find(({ id }) => id === form)?.title;
    return title ? pick(title, language) : t(`force.${purpose}`);
  };
  if (data.length === 0)
    return (
      <section className={styles.force}>
        <h2>{t("force.noneTitle")}</h2>
        <p className="soft">{t("force.noneText")}</p>
      </section>
    );
  return (
    <section className={styles.force}>
      <h2>{t("force.title")}</h2>
      <ul className="stack-small">
        {data.map((decision, i) => (
          <li key={i}>
            <p>
              <span className="strong">{what(decision)}</span>
              <span className="soft"> · {decision.unitName ?? t("force.country")}</span>
            </p>
            <p className="small soft">
              {t("force.until", { date: day(Date.parse(decision.until) - 1000, language), basis: decision.basis })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
