// My code: for a guard to scan. It changes every few minutes and says nothing about the person to anyone but us.

import { clock } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";

import { useAwake, useNow } from "../app/hooks";
import { codeQuery, usePeople } from "../app/queries";
import { useWords } from "../lane/words";
import { ConsentGate } from "../people/ConsentGate";
import { Icon } from "../ui/Icon";
import { ButtonLink, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./MyCode.module.css";

// A fresh code is fetched this long before the old one ends, so that none is shown on its last second.
const early = 60_000;

export function MyCode() {
  return (
    <ConsentGate purpose="tracing">
      <Shown />
    </ConsentGate>
  );
}

function Shown() {
  const { w, t, language } = useWords();
  const { people, self } = usePeople();
  const search = useSearch({ from: "/inside/code" });
  const navigate = useNavigate();
  const person = people.find((each) => each.id === search.person) ?? self;
  const code = useQuery({ ...codeQuery(person?.id ?? ""), enabled: person !== undefined });
  const now = useNow(1000);
  const { data, refetch, isFetching } = code;
  const left = data ? Date.parse(data.expiresAt) - now : 0;
  const due = data !== undefined && left < early;

  useEffect(() => {
    if (!due) return;
    void refetch();
    const timer = setInterval(() => void refetch(), 15_000); // without a network, until there is one
    return () => clearInterval(timer);
  }, [due, refetch]);
  useAwake();

  const minutes = Math.max(0, Math.floor(left / 60_000));
  const seconds = Math.max(0, Math.floor(left / 1000) % 60);
  return (
    <Page title={t("code.title")} back="/" lead={t("code.lead")}>
      {people.length > 1 && (
        <Select
          label={t("code.whose")}
          value={person?.id ?? ""}
          onValue={(id) =>
            void navigate({ to: "/code", search: id && id !== self?.id ? { person: id } : {}, replace: true })
          }
          options={people.map((each) => ({
            value: each.id,
            text: each === self ? t("scan.me", { name: each.name }) : each.name,
          }))}
        />
      )}
      {data && left > 0 ? (
        <figure className={styles.pass}>
          <img
            className={styles.code}
            src={`data:image/svg+xml,${encodeURIComponent(data.svg)}`}
            alt={t("code.alt", { name: person?.name ?? "" })}
          />
          <figcaption>
            <p className={styles.name}>{person?.name}</p>
            <p className={`numbers ${styles.left}`}>
              <Icon name="clock" size={20} />
              {t("code.left", { time: `${minutes}:${String(seconds).padStart(2, "0")}` })}
            </p>
          </figcaption>
        </figure>
      ) : code.error && !isFetching ? (
        <Trouble error={code.error} retry={() => void refetch()} />
      ) : (
        <Skeleton lines={[340]} />
      )}
      {data && left > 0 && code.error && (
        <p className="small soft">{t("code.offline", { time: clock(data.expiresAt, language) })}</p>
      )}
      <ButtonLink to="/journeys" tone="second" wide icon="path">
        {w("journeys.link")}
      </ButtonLink>
      <p className={styles.hint}>
        <Icon name="sun" />
        <span>{t("code.bright")}</span>
      </p>
    </Page>
  );
}
