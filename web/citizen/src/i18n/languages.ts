// The languages that people may choose, as the server knows them; loaded when somebody chooses.

import { languages as listed } from "../../../../data/languages.json";

export interface Listed {
  code: string;
  /** Its own. */
  name: string;
  direction: "ltr" | "rtl";
  state: "complete" | "prepared";
}

export const languages = listed as readonly Listed[];
