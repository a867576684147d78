// Declarations: which form, for whom, and what was declared so far.

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { dayAndClock } from "@luytre/shared/time";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";

import { device, draftKey } from "../app/device";
import { declarationsQuery, formsNowQuery, formsQuery, usePeople, withdrawalsQuery } from "../app/queries";
import { useWaiting } from "../app/hooks";
import { useSession } from "../app/session";
import { DifferencesToSee } from "../forms/Differences";
import { Colour } from "../forms/Outcome";
import { Towards } from "../forms/Towards";
import { Windows } from "../forms/Windows";
import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Empty, Notice, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../visits/Waiting";

export function Declare() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const { person: wanted, place, unit } = useSearch({ from: "/inside/declare" });
  const { people, self } = usePeople();
  const person = people.find((each) => each.id === wanted && each !== self);
  const forms = useQuery(formsNowQuery(person?.id, place, unit));
  const past = useInfiniteQuery(declarationsQuery(person?.id));
  const taken = useQuery(withdrawalsQuery(person?.id));
  const titles = useQuery(formsQuery).data;
  const titleOf = (form: string) => {
    const found = titles?.find(({ id }) => id === form);
    return found ? pick(found.title, language) : form;
  };
  const asked = { ...(place ? { place } : {}), ...(unit ? { unit } : {}) };
  const waiting = useWaiting().some((entry) => entry.what.kind === "declaration");
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
              search: { ...(id && id !== self?.id ? { person: id } : {}), ...asked },
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
      {forms.data?.items.length === 0 && !forms.data.elsewhere && !unit && <Notice title={t("declare.notAsked")}>{t("declare.notAskedText")}</Notice>}
      {forms.data && forms.data.items.length > 0 && (
        <ul className="list">
          {forms.data.items.map((form) => (
            <li key={form.id}>
              <Link
                className="line"
                to="/declare/$form"
                params={{ form: form.id }}
                search={{
                  ...(person ? { person: person.id } : {}),
                  // Whom a form concerns at home tells nobody where else they go.
                  ...(place && form.where === "place" ? { place } : {}),
                  ...(unit && form.where === "elsewhere" ? { unit } : {}),
                }}
              >
                <Icon name="form" />
                <span className="grow stack-small">
                  <span>
                    <span className="strong">{pick(form.title, language)}</span>
                    <br />
                    <span className="small soft">{t(`declare.where.${form.where}`)}</span>
                  </span>
                  <Windows windows={form.windows} />
                  <DraftMark form={form} person={person?.id ?? self?.id ?? ""} />
                </span>
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {(forms.data?.elsewhere || unit) && (
        <Towards found={forms.data?.items.some(({ where }) => where !== "home") ?? true} />
      )}
      {waiting && <Waiting />}
      <DifferencesToSee />
      <section className="stack-small">
        <h2>{t("declare.past")}</h2>
        {items.length > 0 && (
          <ButtonLink to="/diary" search={person ? { person: person.id } : {}} tone="second" icon="path">
            {t("diary.title")}
          </ButtonLink>
        )}
        {past.isPending && <Skeleton lines={[72, 72]} />}
        <Trouble error={past.error} retry={() => void past.refetch()} />
        {past.isSuccess && items.length === 0 && (
          <Empty icon="form" title={t("declare.noneTitle")}>
            <p>{t("declare.noneText")}</p>
          </Empty>
        )}
        {items.length > 0 && (
          <ul className="list">
            {items
              .filter((declaration) => !declaration.replacedBy) // what it was corrected to stands in its place
              .map((declaration) => (
                <li key={declaration.id}>
                  <Link
                    className="line"
                    to="/declared/$id"
                    params={{ id: declaration.id }}
                    search={person ? { person: person.id } : {}}
                  >
                    <span className="grow stack-small">
                      <span className="strong">{titleOf(declaration.form)}</span>
                      <span className="wrap">
                        <Colour colour={declaration.result.colour} />
                        {declaration.corrects && <span className="tag">{t("correct.tag")}</span>}
                        {Date.parse(declaration.validUntil) > Date.now() && (
                          <span className="tag">
                            {t("declare.valid", { until: dayAndClock(declaration.validUntil, language) })}
                          </span>
                        )}
                      </span>
                      <span className="small soft numbers">{dayAndClock(declaration.at, language)}</span>
                    </span>
                    <Icon name="next" size={20} />
                  </Link>
                </li>
              ))}
          </ul>
        )}
        {past.hasNextPage && (
          <Button tone="second" busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
        {(taken.data ?? []).map(({ id, form, withdrawnAt }) => (
          <p key={id} className="small soft">
            {t("withdraw.was", { form: titleOf(form), at: dayAndClock(withdrawnAt, language) })}
          </p>
        ))}
      </section>
      <ButtonLink to="/duties" tone="plain" wide>
        {t("declare.duties")}
      </ButtonLink>
    </Page>
  );
}

/** That answers wait on this device to be finished. */
function DraftMark({ form, person }: { form: { id: string; version: string }; person: string }) {
  const { t } = useText();
  const key = draftKey(useSession()?.account ?? "", form.id, person);
  const draft = useQuery({
    queryKey: ["draft", key, "mark"],
    queryFn: async () =>
      (await device.get<{ version: string; answers: object }>("drafts", key).catch(() => undefined)) ?? null,
    gcTime: 0,
  });
  if (draft.data?.version !== form.version || Object.keys(draft.data.answers).length === 0) return null;
  return (
    <span className="wrap">
      <span className="tag">{t("declare.draft")}</span>
    </span>
  );
}
