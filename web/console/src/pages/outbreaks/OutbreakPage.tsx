// One outbreak: where it stands, its curve, counts and chain, its cases, what they have in common, and what was done.
import { Alert, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { outbreakHistoryQuery, outbreakQuery } from "../../api/outbreaks";
import type { Outbreak, OutbreakPicture } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Fact, Facts } from "../../parts/Facts";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { useDiseaseName, usePlaceKindName } from "../../parts/useNames";
import { When } from "../../parts/When";
import { Chain } from "./Chain";
import { CountTable } from "./CountTable";
import { EpidemicCurve } from "./EpidemicCurve";
import { Members } from "./Members";
import { OutbreakActions } from "./OutbreakActions";
import styles from "./Outbreaks.module.css";
import { OutbreakMilestones } from "./OutbreakMilestones";
import { OutbreakState } from "./OutbreakState";
import { SharedPlacesPanel } from "./SharedPlacesPanel";

const route = getRouteApi("/office/outbreaks/$outbreak");

export function OutbreakPage() {
  const { outbreak: id } = route.useParams();
  const { data, error, refetch } = useQuery(outbreakQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} of={data} /> : <Loading />;
}

function Loaded({ of }: { of: Outbreak }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <PageHead
        title={of.name}
        back={<TextLink to="/outbreaks">{t("shell.section.outbreaks")}</TextLink>}
        lead={
          <Group gap="sm">
            <OutbreakState of={of} />
            <span>
              {disease(of.disease)} · {of.unitName}
            </span>
          </Group>
        }
      >
        <OutbreakActions of={of} />
      </PageHead>
      {of.over && of.quietUntil && (
        <Alert color="bamboo" mb="md">
          {t("outbreaks.overSaid", { count: of.quiet, day: showDay(of.quietUntil) })}
        </Alert>
      )}
      <div className={styles.columns}>
        <Standing of={of} />
        {of.picture && <EpidemicCurve curve={of.picture.curve} />}
        {of.picture && <Counts picture={of.picture} />}
        {of.picture && <Chain outbreak={of.id} chain={of.picture.chain} />}
      </div>
      <Stack gap="md">
        <Members of={of} chosen={chosen} onChoose={setChosen} />
        <SharedPlacesPanel of={of} chosen={chosen} />
        <OutbreakMilestones of={of} chosen={chosen} />
        <History id={of.id} />
      </Stack>
    </>
  );
}

function Standing({ of }: { of: Outbreak }) {
  const { t } = useTranslation();
  const kind = usePlaceKindName();
  return (
    <Panel title={t("outbreaks.standing")}>
      <Facts>
        <Fact name={t("outbreaks.openedOn")}>{showDay(of.openedOn)}</Fact>
        {of.closedOn && <Fact name={t("outbreaks.closedOn")}>{showDay(of.closedOn)}</Fact>}
        <Fact name={t("outbreaks.setting")}>{of.setting ? kind(of.setting) : t("common.unknown")}</Fact>
        <Fact name={t("outbreaks.source")}>
          {of.source ? (
            <TextLink to="/cases/$case" params={{ case: of.source.id }} className="number">
              {of.source.number}
            </TextLink>
          ) : (
            t("common.unknown")
          )}
        </Fact>
        <Fact name={t("outbreaks.lastDay")}>{of.lastDay ? showDay(of.lastDay) : t("common.unknown")}</Fact>
        {of.status === "open" && (
          <Fact name={t("outbreaks.quietUntil")}>
            {of.quietUntil ? t("outbreaks.quiet", { day: showDay(of.quietUntil), count: of.quiet }) : t(of.quiet === undefined ? "outbreaks.noQuiet" : "common.unknown")}
          </Fact>
        )}
        <Fact name={t("outbreaks.inCharge")}>{of.inCharge.length === 0 ? t("outbreaks.nobody") : of.inCharge.map((one) => one.name).join(", ")}</Fact>
      </Facts>
    </Panel>
  );
}

function Counts({ picture }: { picture: OutbreakPicture }) {
  const { t } = useTranslation();
  const age = ({ from, to }: OutbreakPicture["ages"][number]) => (from === undefined ? t("common.unknown") : to === undefined ? t("outbreaks.andOlder", { from }) : `${from}–${to}`);
  return (
    <Panel title={t("outbreaks.counts")}>
      {picture.classifications.length === 0 && <Empty bare title={t("outbreaks.noCases")} />}
      <Facts narrow>
        {picture.classifications.map((one) => (
          <Fact key={one.classification} name={t(`cases.classification.${one.classification}`)}>
            {one.cases}
          </Fact>
        ))}
      </Facts>
      {picture.ages.length > 0 && (
        <CountTable
          caption={t("outbreaks.ages")}
          head={[t("outbreaks.age"), t("common.sex.female"), t("common.sex.male"), t("outbreaks.otherSex")]}
          rows={picture.ages.map((one) => ({ key: String(one.from ?? "unknown"), name: age(one), counts: [one.female, one.male, one.other] }))}
        />
      )}
      {picture.units.length > 0 && (
        <CountTable
          caption={t("outbreaks.where")}
          head={[t("cases.residence"), t("outbreaks.cases")]}
          rows={picture.units.map((one) => ({ key: one.unit, name: one.unitName, counts: [one.cases] }))}
        />
      )}
    </Panel>
  );
}

function History({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(outbreakHistoryQuery(id));
  return (
    <Panel title={t("outbreaks.history")}>
      <ProblemNote error={error} />
      <ul>
        {data?.map((one, i) => (
          <li key={i}>
            <When at={one.at} /> · {one.by}: {t(`outbreaks.did.${one.what}`)}
            {one.case && <span className="number"> {one.case.number}</span>}
            {one.reason && <span className="quiet"> — {one.reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
