// Filling in a form. Answers are kept on the device as a draft until they are sent; what is missing is listed and
// leads to its question.

import { ApiError, type Declaration, type Person } from "@luytre/shared/api";
import { anchor } from "@luytre/shared/forms";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";

import { queue } from "../app/api";
import { device, draftKey, type KeptPerson } from "../app/device";
import { useLooking } from "../app/hooks";
import { declarationQuery, formQuery, formsNowQuery, formsQuery, lastQuery, usePeople } from "../app/queries";
import { useSession } from "../app/session";
import { Outcome } from "../forms/Outcome";
import { Again } from "../forms/Again";
import { Body } from "../forms/Body";
import { PaperMissing } from "../forms/PaperMissing";
import { Partly } from "../forms/Partly";
import { isDrawing } from "../forms/Picture";
import {
  answersFrom,
  destinationUnit,
  flaws,
  pictures,
  questions,
  removed,
  respond,
  standing,
  textOf,
  withInstance,
  withoutInstance,
  type Answer,
  type Answers,
  type Flaw,
  type Item,
  type Node,
  type Questionnaire,
  type QuestionnaireResponse,
} from "@luytre/shared/filling";
import { repeatable } from "../forms/repeat";
import { useText } from "../i18n";
import { ConsentGate } from "../people/ConsentGate";
import { LanguageSwitch } from "../ui/Gate";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { ConsentNeeded } from "../visits/Waiting";
import styles from "./FillForm.module.css";

export function FillForm() {
  return (
    <ConsentGate purpose="declarations">
      <Opened />
    </ConsentGate>
  );
}

function Opened() {
  const { t, language } = useText();
  const { form: id } = useParams({ from: "/inside/declare/$form" });
  const search = useSearch({ from: "/inside/declare/$form" });
  const { people, self } = usePeople();
  const session = useSession();
  const person = people.find((each) => each.id === search.person) ?? self;
  const form = useQuery(formQuery(id));
  const info = useQuery({ ...formsQuery, select: (all) => all.find((each) => each.id === id) });
  const correcting = search.corrects;
  const old = useQuery({ ...declarationQuery(correcting ?? ""), enabled: correcting !== undefined });
  const key = draftKey(session?.account ?? "", correcting ? `${id}#${correcting}` : id, person?.id ?? "");
  const draft = useQuery({
    queryKey: ["draft", key],
    queryFn: async () => (await device.get<Draft>("drafts", key).catch(() => undefined)) ?? null,
    staleTime: Infinity,
    gcTime: 0,
    enabled: person !== undefined && session !== null,
  });
  const now = useQuery(formsNowQuery(person === self ? undefined : person?.id, search.place, search.unit));
  const repeatableDays = now.data?.items.find((each) => each.id === id)?.repeatableDays ?? 0;
  const last = useQuery({
    ...lastQuery(id, person === self ? undefined : person?.id),
    enabled: repeatableDays > 0 && !correcting,
  });
  const version = form.data?.version ?? info.data?.version ?? "";
  const title = form.data ? textOf(form.data.title, form.data._title, language) : t("declare.title");
  const error = form.error ?? old.error;
  if (error)
    return (
      <Page title={title} back={true}>
        <Trouble error={error} retry={() => void form.refetch()} />
      </Page>
    );
  if (!form.data || !person || draft.data === undefined || (correcting && !old.data))
    return (
      <Page title={title} back={true}>
        <Skeleton lines={[60, 110, 110, 110]} />
      </Page>
    );
  // A draft of an earlier version of the form may answer questions that are worded differently now: it is not used.
  const again =
    last.data && now.data
      ? repeatable(
          form.data,
          { ...last.data, response: last.data.response as QuestionnaireResponse },
          Date.parse(now.data.now),
          repeatableDays,
        )
      : undefined;
  const same = old.data?.formVersion === version ? (old.data.response as QuestionnaireResponse) : undefined;
  const fresh: Draft = { version, answers: same ? answersFrom(form.data, same) : {} };
  const begun = draft.data?.version === version ? draft.data : fresh;
  return (
    <Filling
      key={key}
      title={title}
      form={form.data}
      formId={id}
      version={version}
      person={person}
      self={person === self}
      place={search.place ?? old.data?.place}
      unit={search.unit}
      corrects={old.data && { id: old.data.id, at: old.data.at }}
      draft={key}
      begun={begun}
      resumed={begun !== fresh && Object.keys(begun.answers).length > 0}
      again={again && { at: last.data!.at, response: again }}
    />
  );
}

interface Draft {
  version: string;
  answers: Answers;
  /** The administrative units that were chosen as answers, by linkId. */
  units?: Readonly<Record<string, string>>;
}

type Given = Required<Pick<Draft, "answers" | "units">>;

interface FillingProps {
  title: string;
  form: Questionnaire;
  formId: string;
  version: string;
  person: KeptPerson & Partial<Person>;
  self: boolean;
  place: string | undefined;
  /** Where it is asked for, if that is no place. */
  unit: string | undefined;
  draft: string;
  begun: Draft;
  /** From a draft, and so to be thrown away if wished. */
  resumed: boolean;
  /** The version that this one is to replace; it speaks of the same moment. */
  corrects: { id: string; at: string } | undefined;
  /** What was said last time, if it can be said again. */
  again: { at: string; response: QuestionnaireResponse } | undefined;
}

function focusOn(key: string) {
  const place = document.getElementById(anchor(key));
  const input = place?.matches("input,select,textarea") ? place : place?.querySelector<HTMLElement>("input");
  input?.focus({ preventScroll: true });
  (place?.closest("[data-question]") ?? place)?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function Filling({
  title,
  form,
  formId,
  version,
  person,
  self,
  place,
  unit,
  draft,
  begun,
  resumed,
  corrects,
  again,
}: FillingProps) {
  const { t, language } = useText();
  const [{ answers, units }, setGiven] = useState<Given>({ answers: begun.answers, units: begun.units ?? {} });
  const [tried, setTried] = useState(false);
  const [fresh, setFresh] = useState(0); // fields that hold what was typed begin anew with the form
  const given = Object.keys(answers).length > 0;
  const summary = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => standing(form, answers), [form, answers]);
  const asked = useMemo(() => questions(form, answers), [form, answers]);
  const open = useMemo(() => flaws(form, answers), [form, answers]);
  const required = asked.filter(({ item }) => item.required);
  const done = required.length - open.filter(({ flaw }) => flaw === "required").length;

  const keep = (next: Given) => {
    setGiven(next);
    void device.put("drafts", draft, { version, ...next } satisfies Draft).catch(() => undefined);
  };
  const answer = (key: string, said: readonly Answer[], unit?: string) => {
    const { [key]: _, ...otherUnits } = units;
    keep({ answers: { ...answers, [key]: said }, units: unit ? { ...otherUnits, [key]: unit } : otherUnits });
  };
  const add = (group: Node) => keep({ answers: withInstance(group, answers), units });
  const remove = (instance: NonNullable<Node["instance"]>) =>
    keep({ answers: removed(instance, answers), units: withoutInstance(instance, units) });
  const towards = destinationUnit(form, answers, units) ?? unit;
  const looking = useLooking();
  const submit = useMutation({
    mutationFn: async (unchanged: QuestionnaireResponse | undefined) => {
      const at = corrects?.at ?? new Date().toISOString();
      const outcome = await queue.submit(
        {
          kind: "declaration",
          body: {
            form: formId,
            version,
            at,
            ...(unchanged
              ? { response: { ...unchanged, authored: at } }
              : { response: respond(form, answers, at), ...pictures(form, answers) }),
            ...(self ? {} : { person: person.id }),
            ...(place ? { place } : {}),
            ...(corrects ? { corrects: corrects.id } : {}),
            ...(towards ? { unit: towards } : {}),
          },
        },
        { person: person.name },
        looking,
      );
      if (outcome.state === "refused") throw new ApiError(outcome.problem);
      return outcome;
    },
    onSuccess: () => void device.remove("drafts", draft).catch(() => undefined),
  });

  useEffect(() => {
    if (submit.isSuccess) scrollTo({ top: 0 });
  }, [submit.isSuccess]);

  if (submit.data)
    return (
      <Page title={submit.data.state === "sent" ? t("outcome.title") : t("outcome.waitingTitle")} back="/">
        {submit.data.state === "sent" ? (
          <Outcome declaration={submit.data.answer as Declaration} name={person.name} />
        ) : submit.data.state === "waiting" && submit.data.needs ? (
          <ConsentNeeded />
        ) : (
          <Notice tone="care" icon="cloud" title={t("outcome.waiting")} live>
            <p>{t("outcome.waitingText")}</p>
          </Notice>
        )}
        <div className="stack-small">
          {submit.data.state === "sent" && (
            <ButtonLink to="/code" search={self ? {} : { person: person.id }} wide icon="code">
              {t("outcome.showCode")}
            </ButtonLink>
          )}
          <ButtonLink to="/" wide tone="second">
            {t("home.back")}
          </ButtonLink>
        </div>
      </Page>
    );

  const sentence = (item: Item, flaw: Flaw) => t(`form.flaw.${flaw}`, { most: item.maxLength });
  const wrong = ({ key }: Node) => {
    const found = tried ? open.find((each) => each.key === key) : undefined;
    return found && sentence(found.item, found.flaw);
  };

  return (
    <Page title={title} back={true} lead={t("form.for", { name: person.name })}>
      <div className="wrap">
        <LanguageSwitch plain />
      </div>
      <Partly form={form} />
      <PaperMissing form={form} person={person} />
      {again && !given && (
        <Again {...again} form={form} busy={submit.isPending} onSend={() => submit.mutate(again.response)} />
      )}
      {corrects && <Notice title={t("correct.title")}>{t("correct.text")}</Notice>}
      {resumed && given && (
        <Notice title={t("form.resumed")}>
          <Button
            tone="plain"
            onClick={() => {
              keep({ answers: {}, units: {} });
              setFresh(fresh + 1);
            }}
          >
            {t("form.startOver")}
          </Button>
        </Notice>
      )}
      {required.length > 0 && (
        <div
          className={styles.progress}
          role="progressbar"
          aria-label={t("form.progress")}
          aria-valuemin={0}
          aria-valuemax={required.length}
          aria-valuenow={done}
        >
          {required.map(({ key }) => (
            <span
              key={key}
              data-done={!open.some((each) => each.key === key && each.flaw === "required") || undefined}
            />
          ))}
        </div>
      )}
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isDrawing(event.currentTarget)) return;
          setTried(true);
          if (open.length > 0) requestAnimationFrame(() => summary.current?.focus());
          else if (!submit.isPending) submit.mutate(undefined);
        }}
      >
        {tried && open.length > 0 && (
          <div ref={summary} tabIndex={-1} className={styles.summary} role="alert">
            <h2>{t("form.left", { count: open.length })}</h2>
            <ul>
              {open.map(({ item, key, flaw }) => (
                <li key={key}>
                  <button type="button" onClick={() => focusOn(key)}>
                    <span className="grow">{textOf(item.text, item._text, language)}</span>
                    {flaw !== "required" && <span className="small">{sentence(item, flaw)}</span>}
                    <Icon name="next" size={18} />
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Body key={fresh} pictures="any" {...{ nodes, answers, wrong, onAnswer: answer, onAdd: add, onRemove: remove }} />
        <p className="small soft">{t("form.promise")}</p>
        <Trouble error={submit.error} />
        <div className="sticky">
          <Button type="submit" wide busy={submit.isPending}>
            {t("form.send")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
