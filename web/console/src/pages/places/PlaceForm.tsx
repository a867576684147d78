import { Button, Group, NumberInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Place, PlaceChange } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import type { Edit } from "../../parts/useEdit";

interface Props {
  /** The place being edited, as it was when that began; undefined: none is. */
  place: Place | undefined;
  edit: Edit<PlaceChange>;
  onClose: () => void;
}

export function PlaceForm({ place, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={place !== undefined} onClose={rest.onClose} title={t("places.edit")}>
      {place && <Fields place={place} {...rest} />}
    </Dialog>
  );
}

function Fields({ place, edit, onClose }: Props & { place: Place }) {
  const { t } = useTranslation();
  const [name, setName] = useState(place.name);
  const [address, setAddress] = useState(place.address ?? "");
  const [capacity, setCapacity] = useState<number | string>(place.capacity ?? "");
  // Only what was changed is sent.
  const change: PlaceChange = {
    ...(name.trim() !== place.name ? { name: name.trim() } : {}),
    ...(address.trim() !== (place.address ?? "") ? { address: address.trim() } : {}),
    ...(typeof capacity === "number" && capacity !== place.capacity ? { capacity } : {}),
  };
  const field = (pointer: string) => fieldText(t, edit.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        edit.save(change, place.version);
      }}
    >
      <Stack>
        <TextInput label={t("places.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} error={field("/name")} required />
        <TextInput label={t("places.address")} value={address} onChange={(event) => setAddress(event.currentTarget.value)} error={field("/address")} />
        <NumberInput
          label={t("places.capacity")}
          description={t("places.capacityHelp")}
          value={capacity}
          onChange={setCapacity}
          error={field("/capacity")}
          min={1}
        />
        <ProblemNote error={edit.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={Object.keys(change).length === 0 || name.trim() === ""} loading={edit.busy}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
