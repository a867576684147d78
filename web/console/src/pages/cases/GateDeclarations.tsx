// What people without a code of ours declared at a gate in the case's window, on the place's device or to the guard. Unproven; opened only when
// asked for, and logged.
import { Button, Stack } from "@mantine/core";
import type { QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useGateDeclarations } from "../../api/gates";
import { ColourBadge } from "../../parts/Badges";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { When } from "../../parts/When";
import { Said } from "../declarations/Said";
import { Who } from "./GatesTab";

export function GateDeclarations({ of, place }: { of: string; place: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const list = useGateDeclarations(of, opened ? place : undefined);
  if (!opened)
    return (
      <div>
        <Button variant="default" size="xs" onClick={() => setOpened(true)}>
          {t("cases.gates.declarations")}
        </Button>
      </div>
    );
  return (
    <ListFrame list={list} empty={<Empty title={t("cases.gates.declarationsNone")} />}>
      {(rows) => (
        <Stack gap="md">
          {rows.map((row) => (
            <Panel key={row.id} title={t(`cases.gates.known.${row.known}`)} actions={<ColourBadge of={row.colour} />}>
              <p>
                <Who entry={row} />
              </p>
              <p className="quiet">
                {[row.phone, ...row.papers].filter(Boolean).join(" · ")} {t(`cases.gates.hand.${row.hand}`)} · <When at={row.at} />
              </p>
              <Said form={row.form} version={row.formVersion} response={row.response as QuestionnaireResponse} deciding={[]} />
            </Panel>
          ))}
        </Stack>
      )}
    </ListFrame>
  );
}
