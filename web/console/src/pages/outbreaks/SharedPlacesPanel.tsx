// "What do these cases have in common?": the places they share, the least likely by chance first. A look, with a reason, by officers in charge.
import { Alert, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { lookAtSharedPlaces } from "../../api/outbreaks";
import type { Outbreak, SharedPlaces } from "../../api/types";
import { chanceText } from "../../logic/outbreaks";
import { DataTable, type Column } from "../../parts/DataTable";
import { Empty } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { usePlaceKindName } from "../../parts/useNames";
import { useLanguage, WhenSpan } from "../../parts/When";

type Place = SharedPlaces["places"][number];

export function SharedPlacesPanel({ of, chosen }: { of: Outbreak; chosen: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = usePlaceKindName();
  const [asking, setAsking] = useState(false);
  const looking = useMutation({
    mutationFn: (reason: string) => lookAtSharedPlaces(of.id, reason, chosen.size > 1 ? [...chosen] : undefined),
    onSuccess: () => setAsking(false),
  });
  const found = looking.data;
  const question = chosen.size > 1 ? t("outbreaks.askChosen", { count: chosen.size }) : t("outbreaks.askAll");
  const columns: Column<Place>[] = [
    {
      key: "place",
      head: t("outbreaks.place"),
      lead: true,
      grow: true,
      cell: (one) => (
        <>
          <b>{one.place.name}</b> <span className="quiet">{kind(one.place.kind)}</span>
          <details>
            <summary>{t("outbreaks.evidence", { count: one.visits.length })}</summary>
            <ul>
              {one.visits.map((visit) => (
                <li key={`${visit.id}${visit.from}`}>
                  <span className="number">{visit.number}</span>: <WhenSpan from={visit.from} to={visit.to} />
                  {visit.estimated && <span className="quiet"> ({t("outbreaks.estimated")})</span>}
                </li>
              ))}
            </ul>
          </details>
        </>
      ),
    },
    { key: "cases", head: t("outbreaks.casesThere"), align: "right", cell: (one) => `${one.cases}/${found?.seen ?? 0}` },
    { key: "expected", head: t("outbreaks.expected"), align: "right", cell: (one) => one.expected.toLocaleString(language === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 1 }) },
    { key: "visitors", head: t("outbreaks.visitors"), align: "right", cell: (one) => one.visitors },
    { key: "chance", head: t("outbreaks.chance"), align: "right", cell: (one) => chanceText(one.chance, language) },
    { key: "corrected", head: t("outbreaks.corrected"), align: "right", cell: (one) => chanceText(one.corrected, language) },
  ];
  return (
    <Panel
      title={t("outbreaks.common")}
      actions={
        of.mine && (
          <Button size="xs" disabled={of.cases < 2} onClick={() => setAsking(true)}>
            {question}
          </Button>
        )
      }
    >
      {!of.mine && <p className="quiet">{t("outbreaks.commonForCharge")}</p>}
      {of.mine && !found && <p className="quiet">{t("outbreaks.commonLead")}</p>}
      {found && (
        <div role="status">
          <p>{t("outbreaks.commonSaid", { asked: found.asked, seen: found.seen, compared: found.compared, least: found.least, most: found.most })}</p>
          {found.elsewhere > 0 && <Alert color="turmeric">{t("outbreaks.commonElsewhere", { count: found.elsewhere })}</Alert>}
        </div>
      )}
      {found && found.places.length === 0 && <Empty bare title={t("outbreaks.nothingCommon")} />}
      {found && found.places.length > 0 && (
        <>
          <DataTable rows={found.places} columns={columns} rowKey={(one) => one.place.id} caption={t("outbreaks.common")} still />
          <p className="quiet">{t("outbreaks.commonNote")}</p>
        </>
      )}
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={question}
        action={t("outbreaks.look")}
        busy={looking.isPending}
        error={<ProblemNote error={looking.error} />}
        onReason={(reason) => looking.mutate(reason)}
      >
        <LoggedNote>{t("outbreaks.commonLogged")}</LoggedNote>
      </ReasonDialog>
    </Panel>
  );
}
