import { countryName } from "@luytre/shared/nations";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Stack } from "@mantine/core";
import { IconClipboardHeart, IconReportMedical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Person } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Fact, Facts } from "../../parts/Facts";
import { ButtonLink, TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { LoggedNote } from "../../parts/ReasonDialog";
import { useLanguage } from "../../parts/When";
import { CorrectPerson, Corrections } from "./CorrectPerson";
import { PersonPassages } from "../checkpoints/PersonPassages";
import { PersonTests } from "../laboratory/PersonTests";
import { OpenedPerson } from "./OpenedPerson";
import { PersonCards } from "./PersonCards";
import { PersonDuplicates } from "./PersonDuplicates";
import { PersonHistory } from "./PersonHistory";
import { PersonHouseholds } from "./PersonHouseholds";
import { PersonMerges } from "./PersonMerges";

const route = getRouteApi("/office/people/$person");

export function PersonPage() {
  const router = useRouter();
  const { person } = route.useParams();
  return (
    <OpenedPerson key={person} id={person} onClose={() => router.history.back()}>
      {(record, reason) => <PersonFile person={record} reason={reason} />}
    </OpenedPerson>
  );
}

function PersonFile({ person, reason }: { person: Person; reason: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <PageHead
        title={person.name}
        back={<TextLink to="/people">{t("shell.section.people")}</TextLink>}
        lead={`${t(`common.sex.${person.sex}`)} · ${person.birthYear || t("people.bornUnknown")} · ${person.unitPath}`}
      >
        <ButtonLink to="/people/$person/declare" params={{ person: person.id }} variant="default" leftSection={<IconClipboardHeart size={17} />}>
          {t("declareFor.do")}
        </ButtonLink>
        <CorrectPerson person={person} reason={reason} />
        <ButtonLink to="/cases/new" search={{ person: person.id }} leftSection={<IconReportMedical size={17} />}>
          {t("cases.new")}
        </ButtonLink>
      </PageHead>
      <Stack gap="md">
        <Panel title={t("people.record")}>
          <Facts>
            <Fact name={t("people.birthDate")}>{person.birthDate ? showDay(person.birthDate) : person.birthYear || t("common.unknown")}</Fact>
            <Fact name={t("people.sex")}>{t(`common.sex.${person.sex}`)}</Fact>
            <Fact name={t("people.nationality")}>{person.nationality ? countryName(person.nationality, language) : t("common.unknown")}</Fact>
            <Fact name={t("people.residence")}>{person.unitPath}</Fact>
            <Fact name={t("people.address")}>{person.address ?? t("common.unknown")}</Fact>
            <Fact name={t("people.phone")}>{person.phoneMasked ?? t("common.none")}</Fact>
            <Fact name={t("people.paper")}>{person.paperMasked ?? t("common.none")}</Fact>
          </Facts>
        </Panel>
        <Corrections person={person} reason={reason} />
        <PersonHouseholds person={person} reason={reason} />
        <PersonMerges person={person.id} reason={reason} />
        <PersonDuplicates person={person} reason={reason} />
        <PersonCards person={person.id} />
        <PersonHistory person={person.id} reason={reason} />
        <PersonTests person={person.id} reason={reason} />
        <PersonPassages person={person.id} name={person.name} reason={reason} />
        <LoggedNote>{t("people.openedBecause", { reason })}</LoggedNote>
      </Stack>
    </>
  );
}
