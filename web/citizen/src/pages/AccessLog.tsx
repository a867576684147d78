// Who looked at my data: every reading by somebody else, in plain words, also the attempts that were turned away.

import type { AccessEntry } from "@luytre/shared/api";
import { clock, localDate, longDay } from "@luytre/shared/time";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment } from "react";

import { accessQuery, usePeople } from "../app/queries";
import { useText, type T } from "../i18n";
import { Icon } from "../ui/Icon";
import { Button, Empty, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

/** The sentence for a key, or the one for anything else when nobody has written it. */
function say(t: T, group: string, key: string): string {
  const found = t(`access.${group}.${key}`);
  return found.startsWith("access.") ? t(`access.${group}.other`) : found;
}

export function AccessLog() {
  const { t, language } = useText();
  const { people, self } = usePeople();
  const log = useInfiniteQuery(accessQuery());
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (id?: string) => people.find((person) => person.id === id && person !== self)?.name;
  return (
    <Page title={t("access.title")} back="/" lead={t("access.lead")}>
      {log.isPending && <Skeleton lines={[28, 96, 96]} />}
      <Trouble error={log.error} retry={() => void log.refetch()} />
      {log.isSuccess && items.length === 0 && (
        <Empty icon="eye" title={t("access.noneTitle")}>
          <p>{t("access.noneText")}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <ol className="stack">
          {items.map((entry, i) => (
            <Fragment key={entry.id}>
              {(i === 0 || localDate(items[i - 1]!.at) !== localDate(entry.at)) && (
                <li>
                  <h2>{longDay(entry.at, language)}</h2>
                </li>
              )}
              <Line entry={entry} about={nameOf(entry.person)} />
            </Fragment>
          ))}
        </ol>
      )}
      {log.hasNextPage && (
        <Button tone="second" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      <Notice icon="hand" title={t("access.wrongTitle")}>
        <p>{t("access.wrongText")}</p>
      </Notice>
    </Page>
  );
}

function Line({ entry, about }: { entry: AccessEntry; about: string | undefined }) {
  const { t, language } = useText();
  const who = [say(t, "role", entry.role), entry.unitName].filter(Boolean).join(", ");
  const why = [entry.note && say(t, "note", entry.note), entry.reason].filter(Boolean).join(": ");
  return (
    <li className="card row" style={{ alignItems: "flex-start" }}>
      <Icon name={entry.passed ? "eye" : "lock"} />
      <div className="grow">
        <p className="strong">{who}</p>
        <p>
          {entry.passed ? say(t, "action", entry.action.replace(/\W+/g, "_")) : t("access.refused")}
          {about && ` · ${t("access.about", { name: about })}`}
        </p>
        <p className="small soft numbers">
          {clock(entry.at, language)} · {say(t, "purpose", entry.purpose)}
        </p>
        {why && <p className="small soft">{t("access.reason", { reason: why })}</p>}
      </div>
    </li>
  );
}
