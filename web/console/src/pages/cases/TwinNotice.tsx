// Two open cases of one illness, after two records of one person were merged: which the other is, and how to discard one of them.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { twinFigureQuery } from "../../api/overview";
import { useOfficer } from "../../api/session";
import type { Case, TwinCase } from "../../api/types";
import { holds } from "../../logic/navigation";
import { ClassificationBadge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { useDiseaseName } from "../../parts/useNames";
import { When } from "../../parts/When";
import { ReclassifyDialog } from "./ReclassifyDialog";
import { useShowCase } from "./useCase";

/** The number as a link; of another area it is only said that there is such a case. */
export function TwinLink({ of }: { of: TwinCase }) {
  const { t } = useTranslation();
  if (!of.id || !of.number) return <span>{t("cases.twins.elsewhere")}</span>;
  return (
    <>
      <TextLink to="/cases/$case" params={{ case: of.id }} className="number">
        {of.number}
      </TextLink>{" "}
      {of.classification && <ClassificationBadge of={of.classification} />}
    </>
  );
}

export function TwinNotice({ file }: { file: Case }) {
  const { t } = useTranslation();
  const disease = useDiseaseName();
  const decides = holds(useOfficer(), "districtOfficer", "provinceOfficer");
  const shown = useShowCase();
  // The case as the officer saw it when beginning, and as whose illness it is discarded.
  const [discarding, setDiscarding] = useState<{ file: Case; number: string }>();
  const close = () => setDiscarding(undefined);
  return (
    <>
      {file.twins.length > 0 && (
        <Alert color="turmeric" mb="md" role="region" title={t("cases.twins.title", { disease: disease(file.disease) })}>
          <Stack gap="sm">
            {file.twins.map((twin, at) => (
              <Group key={twin.id ?? at} gap="sm">
                <span>
                  <TwinLink of={twin} /> {t(twin.older ? "cases.twins.older" : "cases.twins.newer")}
                  {twin.createdAt && (
                    <>
                      {" "}
                      (<When at={twin.createdAt} />)
                    </>
                  )}
                </span>
                {decides && twin.number && (
                  <Button variant="default" size="xs" maw="100%" className="no-print" onClick={() => setDiscarding({ file, number: twin.number ?? "" })}>
                    {t("cases.twins.discard", { number: twin.number })}
                  </Button>
                )}
              </Group>
            ))}
            <p>{t(decides ? "cases.twins.lead" : "cases.twins.leadStation")}</p>
          </Stack>
        </Alert>
      )}
      {discarding && (
        <ReclassifyDialog
          file={discarding.file}
          preset={{ classification: "discarded", reason: t("cases.twins.reason", { number: discarding.number }) }}
          opened
          onClose={close}
          onChanged={(fresh) => {
            close();
            shown(fresh);
          }}
        />
      )}
    </>
  );
}

/** Above the list of cases: how many there are, and which. */
export function TwinsFound() {
  const { t } = useTranslation();
  const found = useQuery(twinFigureQuery).data;
  if (!found || found.count === 0) return null;
  return (
    <Alert color="turmeric" mb="md" role="region" aria-label={t("cases.twins.label")}>
      {t(found.more ? "cases.twins.foundMore" : "cases.twins.found", { count: found.count })}{" "}
      <TextLink to="/cases" search={{ twin: true }}>
        {t("cases.twins.show")}
      </TextLink>
    </Alert>
  );
}
