// The printed cards of one person: which one is good, and ending it when it is lost.
import { Button, Group, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cardsQuery, endCard } from "../../api/cards";
import { showDay } from "../../logic/moments";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";

export function PersonCards({ person }: { person: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const cards = useQuery({ ...cardsQuery(person), enabled: asked });
  const ending = useMutation({
    mutationFn: endCard,
    onSuccess: () => client.invalidateQueries({ queryKey: cardsQuery(person).queryKey }),
  });
  return (
    <Panel title={t("cards.ofPerson")}>
      <Stack>
        {!asked && (
          <Group>
            <Button variant="default" size="xs" onClick={() => setAsked(true)}>
              {t("cards.show")}
            </Button>
          </Group>
        )}
        {asked && <ProblemNote error={cards.error ?? ending.error} />}
        {cards.data?.length === 0 && <p className="quiet">{t("cards.noCard")}</p>}
        {cards.data?.map((card) => (
          <Group key={card.id} justify="space-between">
            <span>
              <b className="number">{card.number}</b>{" "}
              <span className="quiet">
                {card.printed} · {card.ended ? t("cards.over") : t("cards.until", { day: showDay(card.lastDay) })}
              </span>
            </span>
            {!card.ended && (
              <Button size="xs" color="red" variant="light" loading={ending.isPending} onClick={() => ending.mutate(card.id)}>
                {t("cards.end")}
              </Button>
            )}
          </Group>
        ))}
        <LoggedNote />
      </Stack>
    </Panel>
  );
}
