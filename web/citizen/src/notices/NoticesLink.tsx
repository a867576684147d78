import { Link } from "@tanstack/react-router";

import { useWords } from "./words";

export function NoticesLink() {
  const w = useWords();
  return <Link to="/notices">{w("link")}</Link>;
}
