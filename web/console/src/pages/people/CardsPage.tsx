// Printed cards for people without a phone: look people up, choose them, print the sheet. Names are printed only for those who
// agreed; a lost card is ended by its number.
import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endCardByNumber, makeCards, sheetAddress } from "../../api/cards";
import type { PersonBrief } from "../../api/types";
import { TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { PersonFinder } from "../../parts/PersonFinder";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";

interface Chosen {
  person: PersonBrief;
  named: boolean;
}

const most = 100;

export function CardsPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const isChosen = (person: PersonBrief) => chosen.some((each) => each.person.id === person.id);
  return (
    <>
      <PageHead title={t("cards.title")} lead={t("cards.lead")} back={<TextLink to="/people">{t("shell.section.people")}</TextLink>} />
      <Stack>
        <PersonFinder
          action={t("cards.choose")}
          resting={(person) => isChosen(person) || chosen.length >= most}
          onTake={(person) => setChosen((before) => [...before, { person, named: false }])}
        />
        <Sheet chosen={chosen} onChange={setChosen} />
        <Lost />
      </Stack>
    </>
  );
}

function Sheet({ chosen, onChange }: { chosen: readonly Chosen[]; onChange: (chosen: readonly Chosen[]) => void }) {
  const { t } = useTranslation();
  const making = useMutation({
    mutationFn: () => makeCards({ items: chosen.map(({ person, named }) => ({ person: person.id, named })) }),
  });
  const change = (next: readonly Chosen[]) => {
    making.reset();
    onChange(next);
  };
  return (
    <Panel title={t("cards.sheet", { count: chosen.length })}>
      <Stack>
        {chosen.length === 0 && <p className="quiet">{t("cards.none")}</p>}
        {chosen.map((each) => (
          <Group key={each.person.id} justify="space-between">
            <span>
              <b>{each.person.name}</b> <span className="quiet">{each.person.birthYear || ""}</span>
            </span>
            <Group>
              <Checkbox
                label={t("cards.named")}
                aria-label={`${t("cards.named")}: ${each.person.name}`}
                checked={each.named}
                onChange={(event) => {
                  const named = event.currentTarget.checked;
                  change(chosen.map((one) => (one === each ? { ...one, named } : one)));
                }}
              />
              <Button
                size="xs"
                variant="default"
                aria-label={`${t("cards.leaveOut")}: ${each.person.name}`}
                onClick={() => change(chosen.filter((one) => one !== each))}
              >
                {t("cards.leaveOut")}
              </Button>
            </Group>
          </Group>
        ))}
        <ProblemNote error={making.error} />
        <Group>
          <Button disabled={chosen.length === 0} loading={making.isPending} onClick={() => making.mutate()}>
            {t("cards.make")}
          </Button>
          {making.data && (
            <Button
              component="a"
              href={sheetAddress(making.data)}
              target="_blank"
              rel="noopener"
              variant="default"
              leftSection={<IconPrinter size={17} />}
            >
              {t("cards.open", { count: making.data.length })}
            </Button>
          )}
        </Group>
        <LoggedNote>{t("cards.logged")}</LoggedNote>
      </Stack>
    </Panel>
  );
}

function Lost() {
  const { t } = useTranslation();
  const [number, setNumber] = useState("");
  const ending = useMutation({
    mutationFn: endCardByNumber,
    onSuccess: () => {
      say(t("cards.ended", { number }));
      setNumber("");
    },
  });
  return (
    <Panel title={t("cards.lost")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim()) ending.mutate(number.trim());
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t("cards.number")}
            description={t("cards.numberHelp")}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldText(t, ending.error, "/number")}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit" variant="default" disabled={!number.trim()} loading={ending.isPending}>
            {t("cards.end")}
          </Button>
        </Group>
        <ProblemNote error={ending.error} />
      </form>
    </Panel>
  );
}
