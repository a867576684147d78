// The questions of a form, drawn with this app's fields.

import { Body as Drawn, FormKit } from "@luytre/shared/forms";
import type { ComponentProps } from "react";

import { kit } from "./kit";

export const Body = (props: ComponentProps<typeof Drawn>) => (
  <FormKit value={kit}>
    <Drawn {...props} />
  </FormKit>
);
