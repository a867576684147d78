// Warnings: where and when one may have been exposed, and what to do. Never who.

import { ask, type Warning } from "@luytre/shared/api";
import { clock, day, dayAndClock, localDate } from "@luytre/shared/time";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";

import { api, client } from "../app/api";
import { usePeople, warningsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { NoticesLink } from "../notices/NoticesLink";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Empty, Notice, Page, Skeleton } from "../ui/parts";
import { Paragraphs, Trouble } from "../ui/Trouble";
import styles from "./Warnings.module.css";

const icons = { exposure: "warn", station: "phone", correction: "check" } as const;

export function Warnings() {
  const { t, language } = useText();
  const { self } = usePeople();
  const warnings = useInfiniteQuery(warningsQuery);
  const items = warnings.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("warnings.title")} back="/">
      {warnings.isPending && <Skeleton lines={[88, 88]} />}
      <Trouble error={warnings.error} retry={() => void warnings.refetch()} />
      {warnings.isSuccess && items.length === 0 && (
        <Empty icon="bell" title={t("warnings.noneTitle")}>
          <p>{t("warnings.noneText")}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <ul className="list">
          {items.map((warning) => (
            <li key={warning.id}>
              <Link
                className={`line ${styles.line}`}
                to="/warnings/$id"
                params={{ id: warning.id }}
                data-unread={!warning.readAt || undefined}
              >
                <span className={styles.sign} data-kind={warning.kind}>
                  <Icon name={icons[warning.kind]} />
                </span>
                <span className="grow">
                  <span className={styles.title}>{t(`warnings.${warning.kind}`)}</span>
                  <br />
                  <span className="small soft">
                    {[
                      warning.person !== self?.id && warning.personName,
                      warning.placeName,
                      dayAndClock(warning.sentAt, language),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
                {!warning.readAt && <span className={styles.dot} role="img" aria-label={t("warnings.unread")} />}
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {warnings.hasNextPage && (
        <Button tone="second" busy={warnings.isFetchingNextPage} onClick={() => void warnings.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      <p>
        <NoticesLink />
      </p>
      <p className="small soft">{t("warnings.promise")}</p>
    </Page>
  );
}

export function WarningPage() {
  const { t } = useText();
  const { id } = useParams({ from: "/inside/warnings/$id" });
  const warnings = useInfiniteQuery(warningsQuery);
  const warning = warnings.data?.pages.flatMap((page) => page.items).find((each) => each.id === id);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = warnings;
  useEffect(() => {
    if (warnings.isSuccess && !warning && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [warnings.isSuccess, warning, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (warning) return <One warning={warning} />;
  return (
    <Page title={t("warnings.title")} back="/warnings">
      <Trouble error={warnings.error} retry={() => void warnings.refetch()} />
      {warnings.isPending || hasNextPage ? (
        <Skeleton lines={[140, 120]} />
      ) : (
        warnings.isSuccess && (
          <Empty icon="bell" title={t("warnings.goneTitle")}>
            <p>{t("warnings.goneText")}</p>
          </Empty>
        )
      )}
    </Page>
  );
}

function One({ warning }: { warning: Warning }) {
  const { t, language } = useText();
  const { self } = usePeople();
  const unread = !warning.readAt;
  // Opening it is reading it: whoever reads needs no call to be told.
  useEffect(() => {
    if (!unread) return;
    void ask(api.POST("/api/v1/me/warnings/{id}/read", { params: { path: { id: warning.id } } })).then(
      () => client.invalidateQueries({ queryKey: warningsQuery.queryKey }),
      () => undefined, // unread still: the next opening tries again
    );
  }, [unread, warning.id]);
  const when =
    warning.from && warning.to
      ? localDate(warning.from) === localDate(warning.to)
        ? t("warnings.when", {
            from: clock(warning.from, language),
            to: clock(warning.to, language),
            day: day(warning.from, language),
          })
        : `${dayAndClock(warning.from, language)} – ${dayAndClock(warning.to, language)}`
      : undefined;
  return (
    <Page title={t(`warnings.${warning.kind}`)} back="/warnings">
      <section className={styles.card} data-kind={warning.kind}>
        <p className={styles.lead}>
          {t(`warnings.${warning.kind}Lead`, {
            name: warning.person === self?.id ? t(`warnings.you.${warning.kind}`) : warning.personName,
          })}
        </p>
        {(warning.placeName || when) && (
          <dl className={styles.facts}>
            {warning.placeName && (
              <div>
                <dt>
                  <Icon name="place" />
                  <span className="hidden">{t("warnings.place")}</span>
                </dt>
                <dd>{warning.placeName}</dd>
              </div>
            )}
            {when && (
              <div>
                <dt>
                  <Icon name="clock" />
                  <span className="hidden">{t("warnings.time")}</span>
                </dt>
                <dd className="numbers">{when}</dd>
              </div>
            )}
          </dl>
        )}
      </section>
      <section className="stack-small">
        <h2>{warning.kind === "correction" ? t("warnings.meaning") : t("warnings.do")}</h2>
        <Paragraphs text={pick(warning.advice.text, language)} />
      </section>
      {warning.kind !== "correction" && (
        <ButtonLink
          to="/declare"
          search={warning.person === self?.id ? {} : { person: warning.person }}
          wide
          icon="form"
        >
          {t("warnings.declare")}
        </ButtonLink>
      )}
      <Notice icon="hand">{t("warnings.who")}</Notice>
      <p className="small soft">{t("warnings.sent", { time: dayAndClock(warning.sentAt, language) })}</p>
    </Page>
  );
}
