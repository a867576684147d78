import { sentOnce } from "@luytre/shared/once";
import { useState } from "react";

/** A form's way of sending: see sentOnce. */
export function useSentOnce<Body, Answer>(send: (body: Body, key: string) => Promise<Answer>): (body: Body) => Promise<Answer> {
  const [once] = useState(() => sentOnce<Body, Answer>());
  return (body) => once(body, send);
}
