// The saved views of the list that is open: chosen, saved, shared, and what the list opens with. Stands in every filter bar whose filters live in the address.
import { ActionIcon, Button, Checkbox, Menu, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMatches, useNavigate, useRouter } from "@tanstack/react-router";
import { IconBookmark } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficer } from "../api/session";
import type { SavedView } from "../api/types";
import { changeView, removeView, saveView, setStandardView, viewsAnew, viewsQuery } from "../api/views";
import { openedBy, sameSettings, settingsOf } from "../logic/views";
import { Dialog } from "./Dialog";
import styles from "./FilterBar.module.css";
import { ProblemNote } from "./ProblemNote";
import { useSentOnce } from "./useSentOnce";

type Reads = (raw: Record<string, unknown>) => object;

/** The list that is open: its page, what its address asks for, and how that is read. */
function useList() {
  const router = useRouter();
  const match = useMatches({ select: (all) => all[all.length - 1] });
  const route = match && router.routesById[match.routeId as keyof typeof router.routesById];
  const reads = route?.options.validateSearch as Reads | undefined;
  const page = (match?.fullPath ?? "").replace(/\/$/, "");
  // A list of one record is that record's; its filters are not for others.
  return typeof reads === "function" && /^\/[a-z/-]+$/.test(page) ? { page, reads, search: match?.search as object } : undefined;
}

export function SavedViews() {
  const list = useList();
  return list ? <Views key={list.page} {...list} /> : null;
}

function Views({ page, reads, search }: { page: string; reads: Reads; search: object }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(viewsQuery);
  const views = (data ?? []).filter((one) => one.page === page);
  const settings = settingsOf(search);
  const [last, setLast] = useState<string>();
  const [lost, setLost] = useState<{ name: string; count: number }>();
  const [removed, setRemoved] = useState<SavedView>();
  const [saving, setSaving] = useState<"new" | SavedView>();
  const shown = views.find((one) => sameSettings(settingsOf(openedBy(one.settings, reads).search), settings));
  const chosen = shown ?? views.find((one) => one.id === last);

  const open = (one: SavedView) => {
    const opened = openedBy(one.settings, reads);
    setLast(one.id);
    setLost(opened.lost > 0 ? { name: one.name, count: opened.lost } : undefined);
    void navigate({ to: ".", search: opened.search as never, replace: true });
  };

  // Once, and only a list that nobody has asked anything of.
  const begun = useRef(Object.keys(search).length > 0);
  useEffect(() => {
    if (begun.current || !data) return;
    begun.current = true;
    const standard = views.find((one) => one.standard);
    if (standard && Object.keys(search).length === 0) open(standard);
  });

  const changing = useMutation({ mutationFn: (change: () => Promise<unknown>) => change(), onSettled: viewsAnew });
  const sendAgain = useSentOnce(saveView);
  const again = (one: SavedView) =>
    changing.mutate(async () => {
      const made = await sendAgain({ page, name: one.name, settings: one.settings, ...(one.unit ? { unit: one.unit } : {}) });
      if (one.standard) await setStandardView(page, made.id);
      setRemoved(undefined);
    });
  const remove = (one: SavedView) =>
    changing.mutate(async () => {
      await removeView(one.id);
      setRemoved(one);
    });

  const groups = [
    { group: t("views.mine"), items: views.filter((one) => one.mine) },
    { group: t("views.shared"), items: views.filter((one) => !one.mine) },
  ].filter(({ items }) => items.length > 0);
  return (
    <div className={styles.views}>
      <Select
        aria-label={t("views.label")}
        placeholder={t("views.label")}
        nothingFoundMessage={t("views.none")}
        data={groups.map(({ group, items }) => ({ group, items: items.map((one) => ({ value: one.id, label: one.standard ? t("views.standardName", { name: one.name }) : one.name })) }))}
        value={shown?.id ?? null}
        onChange={(id) => {
          const one = views.find((view) => view.id === id);
          if (one) open(one);
        }}
        allowDeselect={false}
        w={190}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("views.actions")}>
            <IconBookmark size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={Object.keys(settings).length === 0} onClick={() => setSaving("new")}>
            {t("views.save")}
          </Menu.Item>
          {chosen && (
            <>
              <Menu.Item onClick={() => changing.mutate(() => setStandardView(page, chosen.standard ? undefined : chosen.id))}>
                {t(chosen.standard ? "views.noStandard" : "views.standard", { name: chosen.name })}
              </Menu.Item>
              {chosen.mine && (
                <>
                  {!shown && (
                    <Menu.Item onClick={() => changing.mutate(() => changeView(chosen.id, chosen.version, { page, name: chosen.name, settings, ...(chosen.unit ? { unit: chosen.unit } : {}) }))}>
                      {t("views.overwrite", { name: chosen.name })}
                    </Menu.Item>
                  )}
                  <Menu.Item onClick={() => setSaving(chosen)}>{t("views.rename", { name: chosen.name })}</Menu.Item>
                  <Menu.Item color="lacquer" onClick={() => remove(chosen)}>
                    {t("views.remove", { name: chosen.name })}
                  </Menu.Item>
                </>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <span role="status">
        {lost && t("views.lost", { name: lost.name, count: lost.count })}
        {removed && (
          <>
            {t("views.removed", { name: removed.name })}{" "}
            <Button size="compact-xs" variant="default" loading={changing.isPending} onClick={() => again(removed)}>
              {t("views.undo")}
            </Button>
          </>
        )}
      </span>
      <ProblemNote error={changing.error} />
      {saving && <SaveDialog page={page} settings={settings} of={saving === "new" ? undefined : saving} onClose={() => setSaving(undefined)} onSaved={(one) => setLast(one.id)} />}
    </div>
  );
}

interface SaveProps {
  page: string;
  settings: Record<string, string>;
  /** To be renamed, shared or not; its settings stay. */
  of: SavedView | undefined;
  onClose: () => void;
  onSaved: (view: SavedView) => void;
}

function SaveDialog({ page, settings, of, onClose, onSaved }: SaveProps) {
  const { t } = useTranslation();
  const areas = useOfficer().grants.flatMap(({ area }) => (area ? [area] : []));
  const [name, setName] = useState(of?.name ?? "");
  const [shared, setShared] = useState(of?.unit !== undefined);
  const unit = of?.unit ?? areas[0];
  const body = { page, name: name.trim(), settings: of?.settings ?? settings, ...(shared && unit ? { unit } : {}) };
  const save = useSentOnce(saveView);
  const sending = useMutation({
    mutationFn: () => (of ? changeView(of.id, of.version, body) : save(body)),
    onSuccess: async (view) => {
      await viewsAnew();
      onSaved(view);
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t(of ? "views.renameTitle" : "views.saveTitle")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (body.name) sending.mutate();
        }}
      >
        <Stack>
          <TextInput label={t("views.name")} description={t("views.nameHelp")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={60} required data-autofocus />
          {unit && <Checkbox label={t("views.share")} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
          <ProblemNote error={sending.error} />
          <Button type="submit" disabled={!body.name} loading={sending.isPending}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
