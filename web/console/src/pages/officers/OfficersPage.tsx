import { Button, Menu } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconDots, IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useOfficers } from "../../api/officers";
import { useOfficer } from "../../api/session";
import type { Officer } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { SearchBox } from "../../parts/SearchBox";
import { useShortcuts } from "../../parts/Shortcuts";
import { Ago } from "../../parts/When";
import { AccessDialog, type AccessChange } from "./AccessDialog";
import { GrantsDialog } from "./GrantsDialog";
import { GrantLine } from "./GrantLine";
import { NewOfficerDialog } from "./NewOfficerDialog";
import { ProgramKeys } from "./ProgramKeys";
import { TemporaryPassword, type Issued } from "./TemporaryPassword";

const route = getRouteApi("/office/officers");

type Open = { what: "new" } | { what: "grants"; officer: Officer } | { what: AccessChange; officer: Officer };

export function OfficersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useOfficer();
  const { q } = route.useSearch();
  const list = useOfficers(q);
  const [open, setOpen] = useState<Open>();
  const [issued, setIssued] = useState<Issued>();
  const close = () => setOpen(undefined);
  useShortcuts([{ keys: "n", says: t("officers.new"), run: () => setOpen({ what: "new" }) }]);

  const columns: Column<Officer>[] = [
    {
      key: "name",
      head: t("officers.name"),
      lead: true,
      cell: (row) => (
        <>
          <b>{row.name}</b>
          <div className="quiet">{row.username}</div>
        </>
      ),
    },
    {
      key: "grants",
      head: t("officers.grants"),
      grow: true,
      cell: (row) => (row.grants.length === 0 ? t("officers.noGrants") : row.grants.map((grant) => <GrantLine key={grant.role + (grant.area ?? "")} grant={grant} />)),
    },
    { key: "state", head: t("officers.state"), cell: (row) => <State officer={row} /> },
    { key: "seen", head: t("officers.lastSeen"), cell: (row) => (row.lastSeenAt ? <Ago at={row.lastSeenAt} /> : t("officers.never")) },
    {
      key: "do",
      head: t("common.actions"),
      silent: true,
      cell: (row) => row.id !== me.account && <Actions officer={row} onOpen={setOpen} />,
    },
  ];

  return (
    <>
      <PageHead title={t("shell.section.officers")} lead={t("officers.lead")}>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen({ what: "new" })}>
          {t("officers.new")}
        </Button>
      </PageHead>
      <FilterBar>
        <SearchBox
          value={q ?? ""}
          onSearch={(text) => void navigate({ to: "/officers", search: text ? { q: text } : {}, replace: true })}
          label={t("officers.search")}
        />
      </FilterBar>
      <ListFrame list={list} empty={<Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("officers.none")} />}>
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            caption={t("shell.section.officers")}
            tone={(row) => (row.disabled ? "faded" : undefined)}
            stale={list.stale}
          />
        )}
      </ListFrame>
      <ProgramKeys />
      <NewOfficerDialog opened={open?.what === "new"} onClose={close} onIssued={setIssued} />
      {open?.what === "grants" && <GrantsDialog officer={open.officer} onClose={close} />}
      {open && open.what !== "new" && open.what !== "grants" && (
        <AccessDialog officer={open.officer} change={open.what} onClose={close} onIssued={setIssued} />
      )}
      <TemporaryPassword issued={issued} onClose={() => setIssued(undefined)} />
    </>
  );
}

function State({ officer }: { officer: Officer }) {
  const { t } = useTranslation();
  if (officer.disabled) return <Badge tone="plain">{t("officers.disabled")}</Badge>;
  if (officer.mustChangePassword) return <Badge tone="turmeric">{t("officers.notStarted")}</Badge>;
  return <Badge tone={officer.totpEnrolled ? "bamboo" : "turmeric"}>{t(officer.totpEnrolled ? "officers.active" : "officers.noTotp")}</Badge>;
}

function Actions({ officer, onOpen }: { officer: Officer; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" px={6} aria-label={t("officers.actions", { name: officer.name })}>
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen({ what: "grants", officer })}>{t("officers.setGrants")}</Menu.Item>
        <Menu.Item onClick={() => onOpen({ what: "reset", officer })}>{t("officers.change.reset.title")}</Menu.Item>
        <Menu.Item onClick={() => onOpen({ what: "lost", officer })}>{t("officers.change.lost.title")}</Menu.Item>
        {officer.disabled ? (
          <Menu.Item onClick={() => onOpen({ what: "enable", officer })}>{t("officers.change.enable.title")}</Menu.Item>
        ) : (
          <Menu.Item color="lacquer" onClick={() => onOpen({ what: "disable", officer })}>
            {t("officers.change.disable.title")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
