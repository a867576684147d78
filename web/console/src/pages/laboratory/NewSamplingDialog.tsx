// A sampling session is opened: where, for which disease, what is taken for its tests, single tubes or pools.
import { localDate } from "@luytre/shared/time";
import { Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { openSampling } from "../../api/laboratory";
import { useOfficer } from "../../api/session";
import type { WantedOf } from "../../logic/filters";
import { ownArea } from "../../logic/navigation";
import { otherSpecimen, specimensOn } from "../../logic/specimens";
import { Dialog } from "../../parts/Dialog";
import { PlaceSelect } from "../../parts/PlaceSelect";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";
import { useLanguage, useNow } from "../../parts/When";
import { poolMost } from "./words";

interface Props {
  onClose: () => void;
  /** Goes on to the session. */
  of: WantedOf;
  /** Of somebody of whom a sample is wanted. */
  disease: string | undefined;
}

export function NewSamplingDialog({ opened, ...props }: Props & { opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={props.onClose} title={t("laboratory.open")}>
      <Fields {...props} />
    </Dialog>
  );
}

function Fields({ onClose, of, disease: wanted }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const area = ownArea(useOfficer());
  const diseases = useQuery(diseasesQuery);
  const [unit, setUnit] = useState<string | undefined>(area);
  const [place, setPlace] = useState<string>();
  const [site, setSite] = useState("");
  const [chosen, setDisease] = useState<string | null>(null);
  const disease = chosen ?? wanted ?? null; // of whom a sample is wanted may be read later than this is opened
  const today = localDate(useNow());
  const pack = diseases.data?.items.find((one) => one.id === disease);
  const offered = pack ? [...specimensOn(pack, today).map((one) => ({ value: one.id, label: one.text[language] })), { value: otherSpecimen, label: t(`laboratory.specimen.${otherSpecimen}`) }] : [];
  const [taken, setTaken] = useState<string | null>(null);
  const specimen = offered.find((one) => one.value === taken)?.value ?? null; // of another disease it may be none
  const [pool, setPool] = useState<number | string>("");
  const open = useSentOnce(openSampling);
  const opening = useMutation({
    mutationFn: open,
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ["laboratory"] });
      await navigate({ to: "/laboratory/sessions/$session", params: { session: id }, search: of });
    },
  });
  const field = (pointer: string) => fieldText(t, opening.error, pointer);
  const where = place ? { place } : unit ? { unit } : undefined;
  const size = typeof pool === "number" ? pool : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (where && disease && specimen && size) opening.mutate({ ...where, ...(site.trim() ? { site: site.trim() } : {}), disease, specimen, poolMost: size });
      }}
    >
      <Stack>
        <UnitSelect
          label={t("common.unit")}
          value={unit}
          onChange={(chosen) => {
            setUnit(chosen);
            setPlace(undefined);
          }}
          error={field("/unit")}
        />
        {unit && <PlaceSelect label={t("laboratory.place")} description={t("laboratory.placeHelp")} unit={unit} value={place} onChange={setPlace} error={field("/place")} />}
        <TextInput label={t("laboratory.site")} description={t("laboratory.siteHelp")} value={site} onChange={(event) => setSite(event.currentTarget.value)} maxLength={200} />
        <Select
          label={t("cases.disease")}
          data={(diseases.data?.items ?? []).map((one) => ({ value: one.id, label: one.name[language] }))}
          value={disease}
          onChange={setDisease}
          error={field("/disease")}
        />
        <Select
          label={t("laboratory.specimenHead")}
          data={offered}
          disabled={!pack}
          value={specimen}
          onChange={setTaken}
          error={field("/specimen")}
        />
        <NumberInput label={t("laboratory.pool")} description={t("laboratory.poolHelp")} min={1} max={poolMost} allowDecimal={false} value={pool} onChange={setPool} error={field("/poolMost")} />
        <ProblemNote error={opening.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!where || !disease || !specimen || !size} loading={opening.isPending}>
            {t("laboratory.open")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
