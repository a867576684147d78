// The questions of a form, drawn with this app's fields.

import { Body as Drawn, FormKit } from "@luytre/shared/forms";
import type { ComponentProps } from "react";

import { kit } from "./kit";
import { Picture } from "./Picture";

const Shot = (props: Omit<ComponentProps<typeof Picture>, "camera">) => <Picture {...props} camera />;
const kits = { no: kit, any: { ...kit, Picture }, camera: { ...kit, Picture: Shot } };

/** `pictures`: they are kept with the answers, so they may be asked for; from any source, or the camera alone. */
export const Body = ({ pictures = "no", ...props }: ComponentProps<typeof Drawn> & { pictures?: keyof typeof kits }) => (
  <FormKit value={kits[pictures]}>
    <Drawn {...props} />
  </FormKit>
);
