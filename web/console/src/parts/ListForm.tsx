// A list as a file, with what must be said of it: sent, each line judged by itself. For any page that takes lists.
import { Button, FileInput, Group, Stack } from "@mantine/core";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "./Panel";
import { ProblemNote } from "./ProblemNote";

export interface ListFile {
  name: string;
  type: string;
  body: string | Blob;
  /** Of this choice of this file, and of what is said of it: sent twice, it counts once. */
  key: string;
}

interface Props {
  /** What is asked besides the file. */
  children?: ReactNode;
  /** All that is asked, in a word: with it the key changes. */
  about: string;
  /** Whether that has been answered. */
  ready: boolean;
  sending: { mutate: (file: ListFile) => void; reset: () => void; error: unknown; isPending: boolean };
}

export function ListForm({ children, about, ready, sending }: Props) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const key = useMemo(() => crypto.randomUUID(), [file, about]);
  const [unread, setUnread] = useState(false);
  const send = async (chosen: File) => {
    const list = await listBody(chosen).catch(() => undefined); // moved or changed since it was chosen
    setUnread(!list);
    if (list) sending.mutate({ ...list, name: chosen.name, key });
  };
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && file) void send(file);
        }}
      >
        <Stack>
          {children}
          <FileInput
            label={t("placeList.file")}
            placeholder={t("placeList.choose")}
            accept={listAccepts}
            error={unread && t("placeList.unread")}
            value={file}
            onChange={(chosen) => {
              sending.reset();
              setUnread(false);
              setFile(chosen);
            }}
          />
          <ProblemNote error={sending.error} />
          <Group>
            <Button type="submit" disabled={!ready || !file} loading={sending.isPending}>
              {t("placeList.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
