import { Button, Group, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconCheck, IconDots, IconLock, IconPencil, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { approvePlace } from "../../api/places";
import { useOfficer } from "../../api/session";
import type { Place, PlaceChange } from "../../api/types";
import { holds } from "../../logic/navigation";
import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import type { Edit } from "../../parts/useEdit";

interface Props {
  place: Place;
  edit: Edit<PlaceChange>;
  onEdit: () => void;
  onChanged: (place: Place) => void;
}

const grave = { newCodes: { newCodes: true }, close: { closed: true } } as const;

/** Approving, editing, and the two things that end posters on walls, which are asked twice. */
export function PlaceActions({ place, edit, onEdit, onChanged }: Props) {
  const { t } = useTranslation();
  const officer = useOfficer();
  const [asked, setAsked] = useState<keyof typeof grave>();
  const approval = useMutation({
    mutationFn: () => approvePlace(place.id),
    onSuccess: (fresh) => {
      onChanged(fresh);
      say(t("places.approved"));
    },
  });
  // The commune's own station keeps its places; others look on.
  if (!holds(officer, "stationOfficer")) return null;
  return (
    <>
      <ProblemNote error={approval.error ?? (asked ? undefined : edit.error)} />
      {place.status === "registered" && (
        <Button leftSection={<IconCheck size={16} />} onClick={() => approval.mutate()} loading={approval.isPending}>
          {t("places.approve")}
        </Button>
      )}
      {place.status !== "closed" && (
        <>
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t("places.edit")}
          </Button>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <Button variant="default" px={9} aria-label={t("shell.menu")}>
                <IconDots size={17} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => setAsked("newCodes")}>
                {t("places.newCodes.title")}
              </Menu.Item>
              <Menu.Item color="lacquer" leftSection={<IconLock size={16} />} onClick={() => setAsked("close")}>
                {t("places.close.title")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      <Dialog opened={asked !== undefined} onClose={() => setAsked(undefined)} title={asked && t(`places.${asked}.title`)}>
        <p>{asked && t(`places.${asked}.lead`)}</p>
        <ProblemNote error={edit.error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsked(undefined)}>
            {t("common.cancel")}
          </Button>
          <Button
            color="lacquer"
            loading={edit.busy}
            onClick={() => {
              if (asked) edit.save(grave[asked], place.version);
              setAsked(undefined);
            }}
          >
            {asked && t(`places.${asked}.title`)}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
