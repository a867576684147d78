// Declarations: which form, for whom, and what was declared so far.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { dayAndClock } from "@luytre/shared/time";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { declarationsQuery, decisionsQuery, formsQuery, usePeople } from "../app/queries";
import { useWaiting } from "../app/hooks";
import { Colour } from "../forms/Outcome";
import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Button, Empty, Notice, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../visits/Waiting";

export function Declare() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const { person: wanted, place } = useSearch({ from: "/inside/declare" });
  const { people, self } = usePeople();
  const person = people.find((each) => each.id === wanted && each !== self);
  const forms = useQuery(formsQuery);
  const decisions = useQuery(decisionsQuery);
  const past = useInfiniteQuery(declarationsQuery(person?.id));
  const waiting = useWaiting().some((entry) => entry.what.kind === "declaration");
  const asked = decisions.data?.some((decision) => decision.purpose === "declarations");
  const items = past.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Page title={t("declare.title")} back="/">
      {people.length > 1 && (
        <Select
          label={t("declare.who")}
          value={person?.id ?? self?.id ?? ""}
          onValue={(id) =>
            void navigate({
              to: "/declare",
              search: { ...(id && id !== self?.id ? { person: id } : {}), ...(place ? { place } : {}) },
              replace: true,
            })
          }
          options={people.map((each) => ({
            value: each.id,
            text: each === self ? t("scan.me", { name: each.name }) : each.name,
          }))}
        />
      )}
      {forms.isPending && <Skeleton lines={[76]} />}
      <Trouble error={forms.error} retry={() => void forms.refetch()} />
      {asked === false && <Notice title={t("declare.notAsked")}>{t("declare.notAskedText")}</Notice>}
      {asked !== false && forms.data && forms.data.length > 0 && (
        <ul className="list">
          {forms.data.map((form) => (
            <li key={form.id}>
              <Link
                className="line"
                to="/declare/$form"
                params={{ form: form.id }}
                search={{ ...(person ? { person: person.id } : {}), ...(place ? { place } : {}) }}
              >
                <Icon name="form" />
                <span className="grow">
                  <span className="strong">{pick(form.title, language)}</span>
                  <br />
                  <span className="small soft">{t("declare.start")}</span>
                </span>
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {asked !== false && forms.data?.length === 0 && <Notice title={t("declare.noForm")} />}
      {waiting && <Waiting />}
      <section className="stack-small">
        <h2>{t("declare.past")}</h2>
        {past.isPending && <Skeleton lines={[72, 72]} />}
        <Trouble error={past.error} retry={() => void past.refetch()} />
        {past.isSuccess && items.length === 0 && (
          <Empty icon="form" title={t("declare.noneTitle")}>
            <p>{t("declare.noneText")}</p>
          </Empty>
        )}
        {items.length > 0 && (
          <ul className="list">
            {items.map((declaration) => (
              <li key={declaration.id} className="line">
                <div className="grow stack-small">
                  <div className="wrap">
                    <Colour colour={declaration.result.colour} />
                    {Date.parse(declaration.validUntil) > Date.now() && (
                      <span className="tag">
                        {t("declare.valid", { until: dayAndClock(declaration.validUntil, language) })}
                      </span>
                    )}
                  </div>
                  <p className="small soft numbers">{dayAndClock(declaration.at, language)}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
        {past.hasNextPage && (
          <Button tone="second" busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </section>
    </Page>
  );
}
