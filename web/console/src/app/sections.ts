// Where each section of the navigation leads, its picture, and the second key of "g …".
import {
  IconBell,
  IconBuildingStore,
  IconCalendarHeart,
  IconChartBar,
  IconChecklist,
  IconGitCompare,
  IconClipboardHeart,
  IconGavel,
  IconLayoutDashboard,
  IconMessageOff,
  IconReportMedical,
  IconSettings,
  IconSpeakerphone,
  IconTestPipe,
  IconSend,
  IconShieldCheck,
  IconUserSearch,
  IconUsersGroup,
} from "@tabler/icons-react";

import type { Section } from "../logic/navigation";

export const sections = {
  overview: { to: "/", icon: IconLayoutDashboard, key: "h" },
  decisions: { to: "/decisions", icon: IconGavel, key: "d" },
  statistics: { to: "/statistics", icon: IconChartBar, key: "m" },
  broadcasts: { to: "/broadcasts", icon: IconSpeakerphone, key: "b" },
  outages: { to: "/outages", icon: IconMessageOff, key: "u" },
  tasks: { to: "/tasks", icon: IconChecklist, key: "t" },
  referrals: { to: "/referrals", icon: IconSend, key: "v" },
  followUps: { to: "/follow-ups", icon: IconCalendarHeart, key: "f" },
  cases: { to: "/cases", icon: IconReportMedical, key: "c" },
  laboratory: { to: "/laboratory", icon: IconTestPipe, key: "n" },
  declarations: { to: "/declarations", icon: IconClipboardHeart, key: "k" },
  differences: { to: "/differences", icon: IconGitCompare, key: "x" },
  releases: { to: "/releases", icon: IconBell, key: "r" },
  people: { to: "/people", icon: IconUserSearch, key: "p" },
  places: { to: "/places", icon: IconBuildingStore, key: "l" },
  officers: { to: "/officers", icon: IconUsersGroup, key: "o" },
  accessLog: { to: "/access-log", icon: IconShieldCheck, key: "a" },
  settings: { to: "/settings", icon: IconSettings, key: "s" },
} as const satisfies Record<Section, { to: string; icon: unknown; key: string }>;
