// Places that may be registered twice: the reasons field by field, and the officer's answer.
import { Alert, Button, Group, Stack, Table } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconCopyCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { duplicatesQuery, mergePlaces, tellApart } from "../../api/duplicates";
import { queryClient } from "../../api/query-client";
import type { PlaceDuplicate, PlaceSide } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { Dialog } from "../../parts/Dialog";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { usePlaceKindName } from "../../parts/useNames";
import { Day } from "../../parts/When";
import { PlaceStatus } from "./PlaceStatus";

const route = getRouteApi("/office/places/duplicates");
const tone = { same: "lacquer", similar: "turmeric", different: "plain", unknown: "plain" } as const;

export function DuplicatesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { unit } = route.useSearch();
  const { data, error, refetch } = useQuery(duplicatesQuery(unit));
  return (
    <>
      <PageHead title={t("duplicates.title")} lead={t("duplicates.lead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>} />
      <FilterBar onClear={unit ? () => void navigate({ to: "/places/duplicates", search: {}, replace: true }) : undefined}>
        <UnitSelect
          aria-label={t("common.unit")}
          value={unit}
          onChange={(chosen) => void navigate({ to: "/places/duplicates", search: chosen ? { unit: chosen } : {}, replace: true })}
          w={300}
          maw="100%"
        />
      </FilterBar>
      <LoggedNote>{t("duplicates.logged")}</LoggedNote>
      <ProblemNote error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && !data.complete && <Alert color="yellow">{t("duplicates.incomplete")}</Alert>}
      {data?.items.length === 0 && (
        <Empty icon={<IconCopyCheck size={38} stroke={1.3} />} title={t("duplicates.none")}>
          {t("duplicates.noneLead", { count: data.compared })}
        </Empty>
      )}
      <Stack mt="sm">{data?.items.map((pair) => <Pair key={pair.one.id + pair.other.id} pair={pair} />)}</Stack>
    </>
  );
}

function Pair({ pair }: { pair: PlaceDuplicate }) {
  const { t } = useTranslation();
  const kind = usePlaceKindName();
  const [keeping, setKeeping] = useState<PlaceSide>();
  const settled = () => {
    void queryClient.invalidateQueries({ queryKey: ["places"] });
    return queryClient.invalidateQueries({ queryKey: ["place-duplicates"] });
  };
  const apart = useMutation({
    mutationFn: () => tellApart(pair.one.id, pair.other.id),
    onSuccess: () => {
      say(t("duplicates.toldApart"));
      return settled();
    },
  });
  const merge = useMutation({
    mutationFn: (kept: PlaceSide) => mergePlaces((kept === pair.one ? pair.other : pair.one).id, kept.id),
    onSuccess: (done) => {
      setKeeping(undefined);
      say(t("duplicates.merged", { place: done.place.name, kept: done.kept.name }));
      return settled();
    },
  });
  const sides = [pair.one, pair.other];
  const told = (side: PlaceSide, field: PlaceDuplicate["fields"][number]["field"]) => {
    if (field === "name") return side.name;
    if (field === "address") return side.address ?? t("common.unknown");
    if (field === "kind") return kind(side.kind);
    if (field === "unit") return side.unitPath;
    return t("duplicates.phoneHidden");
  };
  return (
    <Panel title={t("duplicates.score", { score: pair.score })}>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table aria-label={t("duplicates.caption")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("duplicates.fieldHead")}</Table.Th>
              {sides.map((side) => (
                <Table.Th scope="col" key={side.id}>
                  <TextLink to="/places/$place" params={{ place: side.id }}>
                    {side.name}
                  </TextLink>
                </Table.Th>
              ))}
              <Table.Th scope="col">{t("duplicates.likeHead")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pair.fields.map(({ field, verdict, points, most }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{t(`duplicates.field.${field}`)}</Table.Th>
                {sides.map((side) => (
                  <Table.Td key={side.id}>{told(side, field)}</Table.Td>
                ))}
                <Table.Td>
                  <Badge tone={tone[verdict]}>{t(`duplicates.verdict.${verdict}`)}</Badge>{" "}
                  {most > 0 && <span className="quiet nowrap">{t("duplicates.points", { points, most })}</span>}
                </Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">{t("duplicates.registered")}</Table.Th>
              {sides.map((side) => (
                <Table.Td key={side.id}>
                  <Group gap="xs">
                    <Day at={side.registered} /> <PlaceStatus of={side.status} /> {!side.keeper && <span className="quiet">{t("duplicates.noKeeper")}</span>}
                  </Group>
                </Table.Td>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ProblemNote error={apart.error} />
      <Group mt="sm">
        {sides.map((side, at) => (
          <Button key={side.id} variant="default" onClick={() => setKeeping(side)}>
            {t(at === 0 ? "duplicates.keepFirst" : "duplicates.keepSecond")}
          </Button>
        ))}
        <Button variant="subtle" onClick={() => apart.mutate()} loading={apart.isPending}>
          {t("duplicates.notSame")}
        </Button>
      </Group>
      <Dialog opened={keeping !== undefined} onClose={() => setKeeping(undefined)} title={t("duplicates.confirm", { kept: keeping?.name })}>
        <p>{t("duplicates.confirmLead")}</p>
        <ProblemNote error={merge.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setKeeping(undefined)}>
            {t("common.cancel")}
          </Button>
          <Button onClick={() => keeping && merge.mutate(keeping)} loading={merge.isPending}>
            {t("duplicates.merge")}
          </Button>
        </Group>
      </Dialog>
    </Panel>
  );
}
