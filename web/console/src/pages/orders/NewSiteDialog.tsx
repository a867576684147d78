import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addSite } from "../../api/sites";
import type { NewSite } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";

const kinds = ["site", "hotel"] as const;
const owners = ["health", "military", "hotel"] as const;

export function NewSiteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("orders.sites.add")}>
      <Fields onClose={onClose} />
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [kind, setKind] = useState<NewSite["kind"] | null>(null);
  const [owner, setOwner] = useState<NewSite["owner"] | null>(null);
  const [unit, setUnit] = useState<string>();
  const send = useSentOnce(addSite);
  const adding = useMutation({
    mutationFn: send,
    onSuccess: async (made) => {
      void client.invalidateQueries({ queryKey: ["sites", "list"] });
      await navigate({ to: "/orders/sites/$site", params: { site: made.id } });
    },
  });
  const field = (pointer: string) => fieldText(t, adding.error, pointer);
  const whole = name.trim() && address.trim() && kind && owner && unit;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) adding.mutate({ name: name.trim(), address: address.trim(), kind, owner, unit });
      }}
    >
      <Stack>
        <TextInput label={t("orders.sites.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} required error={field("/name")} />
        <TextInput label={t("orders.address")} value={address} onChange={(event) => setAddress(event.currentTarget.value)} maxLength={200} required error={field("/address")} />
        <Select
          label={t("orders.sites.kind")}
          data={kinds.map((value) => ({ value, label: t(`orders.place.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(value as NewSite["kind"] | null)}
          required
        />
        <Select
          label={t("orders.sites.owner")}
          data={owners.map((value) => ({ value, label: t(`orders.sites.owners.${value}`) }))}
          value={owner}
          onChange={(value) => setOwner(value as NewSite["owner"] | null)}
          required
        />
        <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={field("/unit")} required />
        <ProblemNote error={adding.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!whole} loading={adding.isPending}>
            {t("orders.sites.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
