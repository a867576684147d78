// A text for radio and loudspeakers in one click: made from what holds in a unit now, read, changed, copied or printed, and published into the book.
import { Alert, Button, CopyButton, Group, Stack, Textarea } from "@mantine/core";
import { IconCheck, IconCopy, IconPrinter, IconSpeakerphone } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { draftBroadcast, publishBroadcast } from "../../api/broadcasts";
import { useOfficer } from "../../api/session";
import type { BroadcastAsked } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useSentOnce } from "../../parts/useSentOnce";
import { AskForm } from "./AskForm";
import { Book } from "./Book";
import styles from "./BroadcastsPage.module.css";

interface Words {
  asked: BroadcastAsked;
  made: string;
  now: string;
  hotline: string | undefined;
  empty: boolean;
}

export function BroadcastsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const own = ownArea(useOfficer());
  const [words, setWords] = useState<Words>();
  const drafting = useMutation({
    mutationFn: draftBroadcast,
    onSuccess: ({ parts, hotline }, asked) => {
      const made = parts.map(({ text }) => text).join("\n\n");
      setWords({ asked, made, now: made, hotline, empty: parts.every(({ kind }) => kind === "opening" || kind === "closing" || kind === "hotline") });
    },
  });
  const publish = useSentOnce(publishBroadcast);
  const publishing = useMutation({
    mutationFn: publish,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["broadcasts"] });
      say(t("broadcasts.published"));
      setWords(undefined);
    },
  });
  return (
    <Stack>
      <div className="no-print">
        <PageHead title={t("shell.section.broadcasts")} lead={t("broadcasts.lead")} />
        <Panel>
          <AskForm own={own} busy={drafting.isPending} again={words !== undefined} error={drafting.error} onAsk={drafting.mutate} />
        </Panel>
      </div>
      {words && (
        <>
          <div className="no-print">
            <Panel title={t("broadcasts.text")}>
              <Stack>
                {words.empty && <Alert color="yellow">{t("broadcasts.nothing")}</Alert>}
                <Textarea
                  aria-label={t("broadcasts.text")}
                  description={t("broadcasts.textHelp")}
                  value={words.now}
                  onChange={(event) => setWords({ ...words, now: event.currentTarget.value })}
                  autosize
                  minRows={6}
                  maxLength={8000}
                  lang="vi"
                />
                <ProblemNote error={publishing.error} />
                <Group>
                  <CopyButton value={words.now}>
                    {({ copied, copy }) => (
                      <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}>
                        {t(copied ? "common.copied" : "common.copy")}
                      </Button>
                    )}
                  </CopyButton>
                  <Button variant="default" onClick={() => window.print()} leftSection={<IconPrinter size={17} />}>
                    {t("common.print")}
                  </Button>
                  <Button
                    leftSection={<IconSpeakerphone size={17} />}
                    disabled={words.now.trim() === ""}
                    loading={publishing.isPending}
                    onClick={() =>
                      publishing.mutate({
                        unit: words.asked.unit,
                        words: words.now,
                        edited: words.now !== words.made,
                        ...(words.hotline ? { hotline: words.hotline } : {}),
                      })
                    }
                  >
                    {t("broadcasts.publish")}
                  </Button>
                </Group>
                <p className="quiet">{t("broadcasts.publishNote")}</p>
              </Stack>
            </Panel>
          </div>
          <div className={`${styles.paper} only-print`} lang="vi">
            {words.now}
          </div>
        </>
      )}
      <div className="no-print">
        <Book />
      </div>
    </Stack>
  );
}
