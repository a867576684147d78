import { useEffect } from "react";

/** While the officer is at work, on whatever page, what waits of theirs in the outbox is sent. */
export function useServed(outbox: { serve: (officer: string | undefined) => Promise<void> }, officer: string): void {
  useEffect(() => {
    const serve = (whom: string | undefined) => void outbox.serve(whom).catch(() => undefined);
    serve(officer);
    return () => serve(undefined);
  }, [outbox, officer]);
}
