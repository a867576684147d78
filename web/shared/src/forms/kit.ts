// What a form is drawn with: each app's own fields, boxes and words. Everything else about forms is the same in both.

import { createContext, useContext, type ComponentType, type ReactNode } from "react";

import type { Country } from "../nations";
import type { Attachment, Flaw } from "./filling";

/** Of every field; its id is where links to it lead. */
export interface Field {
  id: string;
  label: string;
  hint?: string;
  optional: boolean;
  wrong: string | undefined;
}

export interface Option {
  value: string;
  text: string;
}

type Line = Field & {
  value: string;
  onValue: (value: string) => void;
  maxLength?: number | undefined;
  type?: "date" | "datetime-local" | "time";
  inputMode?: "numeric" | "decimal";
  autoComplete?: "off";
};

export interface FormWords {
  language: string;
  yes: string;
  no: string;
  several: string;
  other: string;
  roughMonth: string;
  roughYear: string;
  destination: string;
  addLine: string;
  add: string;
  addAnother: string;
  remove: (number: number) => string;
  flaw: (flaw: Flaw, most: number | undefined) => string;
}

export interface Kit {
  useWords: () => FormWords;
  /** One of few. Nothing is chosen until somebody chooses. */
  Choices: ComponentType<Field & { value: string | undefined; onValue: (value: string) => void; options: readonly Option[]; columns?: 1 | 2 }>;
  Checks: ComponentType<Field & { values: readonly string[]; onToggle: (value: string) => void; options: readonly Option[] }>;
  /** One of many; "" is none. */
  Select: ComponentType<Field & { value: string; onValue: (value: string) => void; options: readonly Option[] }>;
  Input: ComponentType<Line>;
  Long: ComponentType<Omit<Line, "type" | "inputMode" | "autoComplete">>;
  /** An administrative unit, or any place in words: the unit is told while the text is exactly what was chosen. */
  Place: ComponentType<Omit<Line, "type" | "inputMode" | "autoComplete" | "onValue"> & { onValue: (text: string, unit?: string) => void }>;
  /** A country, or words where none fits; `countries`: none while they are being loaded, or cannot be. */
  Country: ComponentType<Field & { countries: readonly Country[]; text: string; known: boolean; onText: (text: string) => void; onLeave: () => void; maxLength?: number | undefined }>;
  /** A picture that is taken, chosen or taken away again. Without it, pictures are not asked for; none is ever required. */
  Picture?: ComponentType<Field & { value: Attachment | undefined; onValue: (value: Attachment | undefined) => void }>;
  /** `small`: beside what it belongs to. */
  Act: ComponentType<{ small?: boolean; plus?: boolean; onClick: () => void; children: ReactNode }>;
  Said: ComponentType<{ children: ReactNode }>;
  Group: ComponentType<{ title: string | undefined; children: ReactNode }>;
  Instance: ComponentType<{ label: string; children: ReactNode }>;
  Asked: ComponentType<{ wrong: boolean; below: ReactNode; children: ReactNode }>;
}

export const FormKit = createContext<Kit | undefined>(undefined);

export function useKit(): Kit {
  const kit = useContext(FormKit);
  if (!kit) throw new Error("a form without a kit");
  return kit;
}
