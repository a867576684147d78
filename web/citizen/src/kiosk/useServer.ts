// Whether the server answers. Nobody stands by this device to try again, so that without an answer it asks by itself.

import { useEffect } from "react";

import { useOnline } from "../app/hooks";
import { watchedFetch } from "../app/network";

const again = 10_000;

export function useServer(): boolean {
  const online = useOnline();
  useEffect(() => {
    if (online) return;
    const ask = () => void watchedFetch(new Request("/healthz", { cache: "no-store" })).catch(() => undefined);
    const timer = setInterval(ask, again);
    return () => clearInterval(timer);
  }, [online]);
  return online;
}
