// The languages that people may choose, as the server knows them; loaded when somebody chooses.

import file from "../../../../data/languages.json";

export interface Listed {
  code: string;
  /** Its own. */
  name: string;
  direction: "ltr" | "rtl";
  state: "complete" | "prepared";
}

export const languages = file.languages as readonly Listed[];
