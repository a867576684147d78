// Visits and declarations of other systems, brought in as lists with where they came from; what a list brought can be undone.
import { Alert, Select, Stack, TextInput } from "@mantine/core";
import { foreignApp, foreignSystems } from "@luytre/shared/foreign";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sendForeignList, type ForeignList } from "../../api/foreign";
import { useOfficer } from "../../api/session";
import type { ForeignSystem } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { TextLink } from "../../parts/links";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { RefusedLines } from "../../parts/RefusedLines";
import { LoggedNote } from "../../parts/ReasonDialog";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";
import { Batches } from "./Batches";

const shared = "id,name,birthYear,phone,paper";
const risk = "showCountryPassing,countryPassing,showSignal,showSignalNote,hasPatient,hasFromSickCountry,hasSick";
const heads: Record<ForeignList["what"], string> = {
  visits: `${shared},placeCode,place,in,out`,
  general: `${shared},placeCode,place,at,${risk}`,
  movement: `${shared},placeCode,place,at,${risk},vehicle,flightCode,vehicleCode,seat,startTime,startPlace,endPlace`,
  entry:
    `${shared},at,subject,gate,means,meansOther,vehicle,seat,departureDate,arrivalDate,departureCountry,departureProvince,arrivalPlace,countries,` +
    "stayPlace,stayUnit,stayAddress,contactAddress,email,wantsSim,quarantine,quarantineWhich,fever,cough,breath,throat,vomiting,diarrhoea,bleeding,rash," +
    "animals,contactCase,vaccines,testDate,testNegative",
};
const kinds = ["visits", "general", "movement", "entry"] as const;
const helps = { visits: "foreign.visitsText", general: "foreign.declarationsText", movement: "foreign.declarationsText", entry: "foreign.entryText" } as const;
const named = ["id", "name", "birthYear", "phone", "paper", "placeCode", "place", "in", "out", "at", "answers"] as const;

export function ImportPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const officer = useOfficer();
  const client = useQueryClient();
  const [unit, setUnit] = useState(ownArea(officer));
  const [what, setWhat] = useState<ForeignList["what"] | null>(null);
  const [system, setSystem] = useState<ForeignSystem | null>(null);
  const [basis, setBasis] = useState("");
  const sending = useMutation({
    mutationFn: (file: ListFile) => sendForeignList({ what: what!, system: system!, unit: unit!, basis: basis.trim() }, file),
    onSuccess: () => client.invalidateQueries({ queryKey: ["foreign"] }),
  });
  const report = sending.data;
  const fields = what ? heads[what].split(",") : [];
  // The fields of tokhaiyte.vn's page keep the names that they have there.
  const columns = Object.fromEntries([
    ...fields.map((field) => [field, field]),
    ...named.map((field) => [field, t(`foreign.column.${field}`)]),
  ]) as Record<string, string>;
  return (
    <>
      <PageHead title={t("foreign.title")} lead={t("foreign.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>} />
      <Stack>
        <ListForm about={[unit, what, system, basis].join("\n")} ready={Boolean(unit && what && system && basis.trim())} sending={sending}>
          <UnitSelect label={t("placeList.unit")} description={t("foreign.unitHelp")} value={unit} onChange={setUnit} />
          <Select
            label={t("foreign.what")}
            value={what}
            onChange={(value) => {
              sending.reset();
              setWhat(kinds.find((kind) => kind === value) ?? null);
            }}
            data={kinds.map((value) => ({ value, label: t(`foreign.kind.${value}`) }))}
          />
          <Select
            label={t("foreign.system")}
            value={system}
            onChange={(value) => setSystem(foreignSystems.find((one) => one === value) ?? null)}
            data={foreignSystems.map((value) => ({ value, label: foreignApp(value, language) }))}
          />
          <TextInput label={t("foreign.basis")} description={t("foreign.basisHelp")} value={basis} onChange={(event) => setBasis(event.currentTarget.value)} maxLength={200} />
          {what && (
            <div>
              <p>{t("placeList.format")}</p>
              <p>
                <code>{heads[what]}</code>
              </p>
              <p className="quiet">{t(helps[what])}</p>
            </div>
          )}
        </ListForm>
        {report && (
          <Alert color={report.refused > 0 ? "yellow" : "green"} role="status">
            {t("foreign.told", { taken: report.taken, known: report.known, claims: report.claims, refused: report.refused })}
            {report.unplaced > 0 && ` ${t("foreign.unplaced", { count: report.unplaced })}`}
            {report.earlier && ` ${t("foreign.earlier")}`}
          </Alert>
        )}
        {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("placeList.id"), of: (line) => line.id }} />}
        <Panel title={t("foreign.batches")}>
          <Batches />
        </Panel>
        <LoggedNote>{t("foreign.logged")}</LoggedNote>
      </Stack>
    </>
  );
}
