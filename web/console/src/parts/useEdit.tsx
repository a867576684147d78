// Edits of rows that somebody else may edit at the same time. When the server answers that a newer version exists, both are shown and the
// officer chooses; nothing is overwritten silently and nothing typed is lost.
import { ApiError } from "@luytre/shared/api";
import { Button, Group, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "./Dialog";
import styles from "./useEdit.module.css";

export interface Difference {
  name: string;
  mine: ReactNode;
  theirs: ReactNode;
}

interface Options<Row, Change> {
  save: (change: Change, version: number) => Promise<Row>;
  compare: (change: Change, current: Row) => Difference[];
  onSaved: (row: Row, change: Change) => void;
  /** The officer keeps the newer version; the page should show it. */
  onKept?: (current: Row) => void;
}

export interface Edit<Change> {
  save: (change: Change, version: number) => void;
  busy: boolean;
  error: unknown;
  reset: () => void;
  /** To be put on the page. */
  dialog: ReactNode;
}

export function useEdit<Row extends { version: number }, Change>(options: Options<Row, Change>): Edit<Change> {
  const [conflict, setConflict] = useState<{ change: Change; current: Row }>();
  const mutation = useMutation({
    mutationFn: async ({ change, version }: { change: Change; version: number }) => {
      try {
        return { row: await options.save(change, version), change };
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "version_conflict" || !error.problem.current) throw error;
        setConflict({ change, current: error.problem.current as Row });
        return undefined;
      }
    },
    onSuccess: (saved) => {
      if (!saved) return;
      setConflict(undefined);
      options.onSaved(saved.row, saved.change);
    },
  });
  const keep = () => {
    if (conflict) options.onKept?.(conflict.current);
    setConflict(undefined);
  };
  return {
    save: (change, version) => mutation.mutate({ change, version }),
    busy: mutation.isPending,
    error: mutation.error,
    reset: () => mutation.reset(),
    dialog: conflict && (
      <ConflictDialog
        differences={options.compare(conflict.change, conflict.current)}
        busy={mutation.isPending}
        onKeep={keep}
        onOverwrite={() => mutation.mutate({ change: conflict.change, version: conflict.current.version })}
      />
    ),
  };
}

interface DialogProps {
  differences: Difference[];
  busy: boolean;
  onKeep: () => void;
  onOverwrite: () => void;
}

function ConflictDialog({ differences, busy, onKeep, onOverwrite }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onKeep} title={t("conflict.title")} zIndex={300}>
      <p className={styles.lead}>{t("conflict.lead")}</p>
      <Table withTableBorder verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>{t("conflict.theirs")}</Table.Th>
            <Table.Th>{t("conflict.mine")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((difference) => (
            <Table.Tr key={difference.name}>
              <Table.Th>{difference.name}</Table.Th>
              <Table.Td>{difference.theirs ?? "—"}</Table.Td>
              <Table.Td className={styles.mine}>{difference.mine ?? "—"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onKeep} data-autofocus>
          {t("conflict.keep")}
        </Button>
        <Button color="turmeric" onClick={onOverwrite} loading={busy}>
          {t("conflict.overwrite")}
        </Button>
      </Group>
    </Dialog>
  );
}
