// What the investigation found, read out by what the form's questions mean; and the onset told there, which an officer may take over.
import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { caseQuery, recordOnset } from "../../../api/cases";
import { useOfficer } from "../../../api/session";
import type { Case, Finding, Investigation } from "../../../api/types";
import { showDay } from "../../../logic/moments";
import { holds } from "../../../logic/navigation";
import { Fact, Facts } from "../../../parts/Facts";
import { TextLink } from "../../../parts/links";
import { Panel } from "../../../parts/Panel";
import { ProblemNote } from "../../../parts/ProblemNote";
import { useLanguage } from "../../../parts/When";

const kinds = ["symptom", "underlyingCondition", "exposure"] as const satisfies readonly Finding["kind"][];

export function FindingsPanel({ file, asked }: { file: Case; asked: Investigation }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const worded = (one: Finding) => (one.since ? t("investigation.since", { name: one.name[language], day: showDay(one.since) }) : one.name[language]);
  const listed = (kind: Finding["kind"]) => {
    const of = asked.findings.filter((one) => one.kind === kind);
    const present = of.filter((one) => one.present);
    if (present.length > 0) return present.map(worded).join(", ");
    return t(of.length > 0 ? "investigation.noneOfThem" : "investigation.notAsked");
  };
  return (
    <Panel
      title={t("investigation.findings")}
      actions={
        <TextLink to="/cases/$case/investigation" params={{ case: file.id }} className="no-print">
          {t(asked.complete ? "investigation.complete" : "investigation.partial")}
        </TextLink>
      }
    >
      <Facts>
        {kinds.map((kind) => (
          <Fact key={kind} name={t(`investigation.kinds.${kind}`)}>
            {listed(kind)}
          </Fact>
        ))}
      </Facts>
      {asked.onset && asked.onset !== file.onset && <OnsetTold file={file} onset={asked.onset} />}
    </Panel>
  );
}

function OnsetTold({ file, onset }: { file: Case; onset: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const officer = useOfficer();
  const taking = useMutation({
    mutationFn: () => recordOnset(file.id, file.version, onset),
    onSuccess: (fresh) => {
      client.setQueryData(caseQuery(file.id).queryKey, fresh);
      void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" });
    },
    onError: () => void client.invalidateQueries({ queryKey: caseQuery(file.id).queryKey }),
  });
  const may = file.classification === "confirmed" ? holds(officer, "districtOfficer", "provinceOfficer") : file.classification !== "discarded";
  return (
    <Alert color="turmeric" mt="md" className="no-print">
      <p>{t("investigation.onsetTold", { told: showDay(onset), known: file.onset ? showDay(file.onset) : t("common.unknown") })}</p>
      <ProblemNote error={taking.error} />
      {may ? (
        <Button variant="default" size="xs" loading={taking.isPending} onClick={() => taking.mutate()}>
          {t(file.classification === "confirmed" ? "investigation.takeOnsetConfirmed" : "investigation.takeOnset")}
        </Button>
      ) : (
        file.classification === "confirmed" && <p className="quiet">{t("investigation.onsetByOthers")}</p>
      )}
    </Alert>
  );
}
