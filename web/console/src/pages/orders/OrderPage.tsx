// One order: what it says and why, what waits for a signature, every step, and the papers. Opening it is logged.
import { ApiError } from "@luytre/shared/api";
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { orderPaper, orderQuery, proposeStep, refuseOrder, signOrder } from "../../api/orders";
import type { NewOrderStep, Order } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { useLanguage, When } from "../../parts/When";
import { ChecksPanel } from "./ChecksPanel";
import { NeedPanel } from "./NeedPanel";
import { OrderState } from "./OrderState";
import { SignDialog } from "./SignDialog";
import { changesOf, StepDialog, type Change } from "./StepDialog";

const route = getRouteApi("/office/orders/$order");

export function OrderPage() {
  const { order: id } = route.useParams();
  const { data, error, refetch } = useQuery(orderQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} of={data} /> : <Loading />;
}

type Open = "sign" | "refuse" | Change;
type Act = { sign: string } | { refuse: string } | { step: NewOrderStep };

function Loaded({ of }: { of: Order }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const disease = useDiseaseName();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  // What the officer read when beginning: a newer version must not be signed unseen.
  const [version, setVersion] = useState(of.version);
  const acting = useMutation({
    mutationFn: (act: Act) =>
      "sign" in act ? signOrder(of.id, act.sign, version) : "refuse" in act ? refuseOrder(of.id, act.refuse, version) : proposeStep(of.id, act.step, version),
    onSuccess: (fresh, act) => {
      client.setQueryData(orderQuery(of.id).queryKey, fresh);
      void client.invalidateQueries({ queryKey: ["orders", "list"] });
      say(t("sign" in act ? "orders.signed" : "refuse" in act ? "orders.refused" : "orders.proposed"));
      setOpen(undefined);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.problem.current) client.setQueryData(orderQuery(of.id).queryKey, error.problem.current as Order);
    },
  });
  const begin = (what: Open) => {
    acting.reset();
    setVersion(of.version);
    setOpen(what);
  };
  const close = () => setOpen(undefined);
  const error = <ProblemNote error={acting.error} />;
  const step = changesOf(of).find((one) => one === open);
  return (
    <>
      <PageHead
        title={of.person.name}
        back={<TextLink to="/orders">{t("shell.section.orders")}</TextLink>}
        lead={
          <>
            {of.number} · {t(`orders.kind.${of.kind}`)} · {disease(of.disease)} · {of.unitName}
            {of.unitToday && ` (${t("orders.unitToday", { unit: of.unitToday })})`}
          </>
        }
      />
      <Group gap="sm" mb="md">
        <OrderState of={of} />
      </Group>
      <Stack gap="md">
        {of.basisGone && <Alert color="lacquer">{t("orders.basisGone")}</Alert>}
        {of.waiting && (
          <Panel title={t("orders.toSign", { step: t(`orders.step.${of.waiting}`) })} tight>
            <p>{t(of.maySign ? "orders.toSignLead" : "orders.toSignOthers")}</p>
            <Group>
              {of.maySign && <Button onClick={() => begin("sign")}>{t("orders.sign")}</Button>}
              {(of.maySign || of.mine) && (
                <Button variant="default" onClick={() => begin("refuse")}>
                  {t(of.maySign ? "orders.refuse" : "orders.takeBack")}
                </Button>
              )}
            </Group>
          </Panel>
        )}
        <Panel title={t("orders.says")} tight>
          <Facts>
            <Fact name={t("orders.days")}>{t("orders.fromTo", { from: showDay(of.firstDay), to: showDay(of.lastDay) })}</Fact>
            <Fact name={t("orders.why")}>
              <Why of={of} />
            </Fact>
            <Fact name={t("orders.placeHead")}>
              {[t(`orders.place.${of.placeKind}`), of.place?.name, of.place?.address].filter(Boolean).join(", ")}
              {of.place?.payer && ` · ${t("orders.payerHead")}: ${t(`orders.payer.${of.place.payer}`)}`}
              {of.place?.dailyPrice !== undefined && ` · ${t("orders.priceOf", { price: of.place.dailyPrice.toLocaleString(language) })}`}
            </Fact>
            <Fact name={t("orders.caseHead")}>
              <TextLink to="/cases/$case" params={{ case: of.case.id }} preload={false}>
                {of.case.number}
              </TextLink>
              {of.class && ` · ${of.class}`}
            </Fact>
          </Facts>
        </Panel>
        {of.signedAt && (
          <Group>
            <Paper of={of} paper="order" />
            {of.state === "released" && <Paper of={of} paper="certificate" />}
          </Group>
        )}
        {of.state === "running" && !of.waiting && (
          <Panel title={t("orders.change")} tight>
            <p>{t("orders.changeLead")}</p>
            <Group>
              {changesOf(of).map((one) => (
                <Button key={one} variant={one === "release" && of.overdue ? "filled" : "default"} onClick={() => begin(one)}>
                  {t(`orders.do.${one}`)}
                </Button>
              ))}
            </Group>
          </Panel>
        )}
        <ChecksPanel of={of} />
        {of.state === "running" && <NeedPanel order={of.id} />}
        <Steps of={of} />
        <LoggedNote />
      </Stack>
      <SignDialog opened={open === "sign"} title={t("orders.signTitle")} busy={acting.isPending} error={error} onSign={(sign) => acting.mutate({ sign })} onClose={close}>
        <p>{t("orders.signLead", { step: t(`orders.step.${of.waiting ?? "order"}`), name: of.person.name, until: showDay(of.steps?.at(-1)?.lastDay ?? of.lastDay) })}</p>
      </SignDialog>
      <ReasonDialog
        opened={open === "refuse"}
        title={t(of.maySign ? "orders.refuse" : "orders.takeBack")}
        action={t(of.maySign ? "orders.refuse" : "orders.takeBack")}
        danger
        busy={acting.isPending}
        error={error}
        onReason={(refuse) => acting.mutate({ refuse })}
        onClose={close}
      />
      {step && <StepDialog key={step} kind={step} busy={acting.isPending} problem={acting.error} onStep={(made) => acting.mutate({ step: made })} onClose={close} />}
    </>
  );
}

function Paper({ of, paper }: { of: Order; paper: "order" | "certificate" }) {
  const { t } = useTranslation();
  return (
    <Button component="a" href={orderPaper(of.id, paper)} target="_blank" rel="noopener" variant="default" leftSection={<IconPrinter size={17} />}>
      {t(`orders.print.${paper}`)}
    </Button>
  );
}

/** Until when, by which rule and which law. */
function Why({ of }: { of: Order }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ends = of.ends;
  if (!ends) return null;
  return (
    <>
      {(ends.moved === "extend" || ends.moved === "shorten") && ends.movedOn
        ? t(`orders.moved.${ends.moved}`, { day: showDay(ends.movedOn) })
        : ends.rule && ends.lastExposure && t("orders.byRule", { days: ends.days, last: showDay(ends.lastExposure), rule: ends.rule })}
      {ends.decided && <> {t("orders.byOfficer", { source: ends.decided })}</>}
      {ends.cut && !ends.moved && <> {t("orders.cut", { days: ends.daysMost })}</>}
      <br />
      <span className="quiet">{ends.lawText[language]}</span>
    </>
  );
}

function Steps({ of }: { of: Order }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("orders.steps")} tight>
      <ol>
        {(of.steps ?? []).map((one, i) => (
          <li key={i}>
            <b>{t(`orders.step.${one.kind}`)}</b>
            {one.lastDay && <span className="number"> → {showDay(one.lastDay)}</span>}
            {one.kind === "windows" && one.windows && <span className="number"> → {one.windows.map(({ from, until }) => `${from}–${until}`).join(", ") || t("orders.checks.ruleAgain")}</span>}
            {one.kind === "move" && one.place && <> → {[t(`orders.place.${one.place.kind}`), one.place.name, one.place.address].filter(Boolean).join(", ")}</>}: {one.reason}
            <br />
            <span className="quiet">
              {t("orders.proposedBy", { name: one.proposedBy })} <When at={one.proposedAt} />
              {one.decidedAt && (
                <>
                  {" · "}
                  {one.decidedBy ? t(one.state === "signed" ? "orders.signedBy" : "orders.refusedBy", { name: one.decidedBy }) : t("orders.lapsed")} <When at={one.decidedAt} />
                  {one.authority && ` · ${one.authority}`}
                  {one.refusal && `: ${one.refusal}`}
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
