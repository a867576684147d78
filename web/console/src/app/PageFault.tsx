import type { ErrorComponentProps } from "@tanstack/react-router";

import { ProblemNote } from "../parts/ProblemNote";

/** A page that could not be loaded or drawn. */
export function PageFault({ error, reset }: ErrorComponentProps) {
  return (
    <main style={{ padding: 24 }}>
      <ProblemNote error={error} retry={reset} />
    </main>
  );
}
