// Who keeps the doors of a place: named by phone, also for a place that has no keeper; out at once.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { actOnGuard, guardsQuery, nameGuard } from "../../api/gates";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";

export function Guards({ place }: { place: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(guardsQuery(place));
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const changed = async () => {
    await client.invalidateQueries({ queryKey: guardsQuery(place).queryKey });
    say(t("placeGuards.saved"));
  };
  const naming = useMutation({
    mutationFn: () => nameGuard(place, { name: name.trim(), phone: phone.trim() }),
    onSuccess: async () => {
      setName("");
      setPhone("");
      await changed();
    },
  });
  const acting = useMutation({ mutationFn: ({ guard, what }: { guard: string; what: "remove" | "phone-lost" }) => actOnGuard(place, guard, what), onSuccess: changed });
  return (
    <Panel title={t("placeGuards.title")}>
      <Stack gap="sm">
        <ProblemNote error={error} retry={() => void refetch()} />
        <ProblemNote error={acting.error} />
        {data?.length === 0 && <p className="quiet">{t("placeGuards.none")}</p>}
        {data?.map((guard) => (
          <Group key={guard.id} justify="space-between">
            <span>
              {guard.name} <span className="quiet number">{guard.phoneMasked}</span>
            </span>
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => acting.mutate({ guard: guard.id, what: "phone-lost" })} aria-label={`${t("placeGuards.lost")}: ${guard.name}`}>
                {t("placeGuards.lost")}
              </Button>
              <Button size="xs" variant="default" onClick={() => acting.mutate({ guard: guard.id, what: "remove" })} aria-label={`${t("placeGuards.remove")}: ${guard.name}`}>
                {t("placeGuards.remove")}
              </Button>
            </Group>
          </Group>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() && phone.trim()) naming.mutate();
          }}
        >
          <Group align="end">
            <TextInput label={t("placeGuards.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={60} />
            <TextInput label={t("placeGuards.phone")} type="tel" value={phone} onChange={(event) => setPhone(event.currentTarget.value)} maxLength={20} />
            <Button type="submit" variant="default" disabled={!name.trim() || !phone.trim()} loading={naming.isPending}>
              {t("placeGuards.add")}
            </Button>
          </Group>
          <ProblemNote error={naming.error} />
        </form>
      </Stack>
    </Panel>
  );
}
