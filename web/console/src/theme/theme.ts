// The Mantine theme. Its CSS variables are written into a style sheet at build time (vite.config.ts), because the server's content security
// policy allows no inline style elements; the palette itself is in colours.css.
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const scale = (name: string, steps: readonly number[]): MantineColorsTuple =>
  steps.map((step) => `var(--${name}-${step})`) as unknown as MantineColorsTuple;

const bamboo = scale("bamboo", [50, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
const lacquer = scale("lacquer", [50, 100, 100, 300, 300, 600, 600, 600, 700, 700]);
const turmeric = scale("turmeric", [50, 100, 100, 300, 300, 600, 600, 600, 700, 700]);
const indigo = scale("indigo", [50, 100, 100, 300, 300, 600, 600, 600, 700, 700]);

// Warm, so that borders and disabled fields sit on the paper.
const gray: MantineColorsTuple = [
  "#faf7ee",
  "#f3eee0",
  "#eae3d0",
  "#dfd6be",
  "#cfc6ad",
  "#b0a88f",
  "#5d6a60",
  "#4a584b",
  "#34423a",
  "#1b2a21",
];

const noScrollLock = { defaultProps: { lockScroll: false } };

export const theme = createTheme({
  colors: { gray, bamboo, lacquer, turmeric, indigo },
  primaryColor: "bamboo",
  primaryShade: 7,
  black: "var(--ink)",
  fontFamily: '"Be Vietnam Pro", system-ui, "Segoe UI", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", ui-monospace, "SF Mono", Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  headings: { fontFamily: '"Be Vietnam Pro", system-ui, sans-serif', fontWeight: "650" },
  defaultRadius: "sm",
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "12px", xl: "18px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll would inject a style element; the overlay suffices.
    Modal: noScrollLock,
    Drawer: noScrollLock,
    // The placeholder would be a focusable child of the menu that is no item.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Select: { defaultProps: { checkIconPosition: "right", allowDeselect: false } },
    Button: { defaultProps: { size: "sm" } },
  },
});
