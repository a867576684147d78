// At the place, on a phone: what was found, what the keeper is told, when to come again, photos.
import { redrawn } from "@luytre/shared/photo";
import { Button, FileInput, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { addPhoto, recordInspection } from "../../api/inspections";
import { placeQuery } from "../../api/places";
import { queryClient } from "../../api/query-client";
import type { Inspection, NewInspection } from "../../api/types";
import { DayField } from "../../parts/DayField";
import { TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";

const route = getRouteApi("/office/places/$place/inspect");
export const outcomes = ["inOrder", "noPoster", "notAsked", "refused", "nobodyThere", "gone"] as const;
const photosMost = 3;

export function InspectPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { place: id } = route.useParams();
  const place = useQuery(placeQuery(id)).data;
  const [outcome, setOutcome] = useState<NewInspection["outcome"]>();
  const [note, setNote] = useState("");
  const [forKeeper, setForKeeper] = useState("");
  const [followUp, setFollowUp] = useState<string>();
  const [photos, setPhotos] = useState<File[]>([]);
  // What was sent stays sent when a photo fails on a bad line: the next try sends the rest.
  const made = useRef<Inspection>(undefined);
  const sent = useRef(0);
  const drawn = useRef(new Map<File, { jpeg: Blob; key: string }>());
  const record = useSentOnce((inspection: NewInspection, key) => recordInspection(id, inspection, key));
  const sending = useMutation({
    mutationFn: async (inspection: NewInspection) => {
      made.current ??= await record(inspection);
      for (; sent.current < photos.length; ++sent.current) {
        const photo = photos[sent.current]!;
        const ready = drawn.current.get(photo) ?? { jpeg: await redrawn(photo), key: crypto.randomUUID() };
        drawn.current.set(photo, ready);
        await addPhoto(made.current.id, ready.jpeg, ready.key);
      }
    },
    onSuccess: async () => {
      say(t("inspections.saved"));
      await queryClient.invalidateQueries({ queryKey: ["places"] });
      await navigate({ to: "/places/$place", params: { place: id } });
    },
  });
  return (
    <>
      <PageHead
        title={t("inspections.new")}
        lead={place?.name}
        back={
          <TextLink to="/places/$place" params={{ place: id }}>
            {place?.name ?? t("shell.section.places")}
          </TextLink>
        }
      />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (outcome) sending.mutate({ outcome, note: note.trim() || undefined, forKeeper: forKeeper.trim() || undefined, followUp });
          }}
        >
          <Stack>
            <Radio.Group label={t("inspections.outcomeHead")} value={outcome ?? ""} onChange={(value) => setOutcome(outcomes.find((one) => one === value))} required>
              <Stack gap="xs" mt="xs">
                {outcomes.map((value) => (
                  <Radio key={value} value={value} label={t(`inspections.outcome.${value}`)} />
                ))}
              </Stack>
            </Radio.Group>
            <Textarea label={t("inspections.forKeeper")} description={t("inspections.forKeeperHelp")} value={forKeeper} onChange={(event) => setForKeeper(event.currentTarget.value)} autosize minRows={2} maxLength={500} />
            <Textarea label={t("inspections.note")} description={t("inspections.noteHelp")} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
            <DayField label={t("inspections.followUp")} value={followUp} onChange={setFollowUp} error={fieldText(t, sending.error, "/followUp")} />
            <FileInput
              label={t("inspections.photos", { count: photosMost })}
              description={t("inspections.photosHelp")}
              placeholder={t("inspections.takePhoto")}
              accept="image/*"
              capture="environment"
              multiple
              clearable
              clearButtonProps={{ "aria-label": t("inspections.noPhotos") }}
              disabled={sent.current > 0}
              value={photos}
              onChange={(chosen) => setPhotos(chosen.slice(0, photosMost))}
            />
            <ProblemNote error={sending.error} />
            <Group>
              <Button type="submit" disabled={!outcome} loading={sending.isPending}>
                {t(made.current ? "inspections.sendRest" : "inspections.save")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </>
  );
}
