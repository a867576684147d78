// The questions of a form, drawn with this app's fields.

import { Body as Drawn, FormKit } from "@luytre/shared/forms";
import type { ComponentProps } from "react";

import { kit } from "./kit";
import { Picture } from "./Picture";

const withPictures = { ...kit, Picture };

/** `pictures`: they are kept with the answers, so they may be asked for. */
export const Body = ({ pictures, ...props }: ComponentProps<typeof Drawn> & { pictures?: boolean }) => (
  <FormKit value={pictures ? withPictures : kit}>
    <Drawn {...props} />
  </FormKit>
);
