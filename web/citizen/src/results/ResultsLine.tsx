// The way from the first page to the own test results.

import { Link } from "@tanstack/react-router";

import { Icon } from "../ui/Icon";
import { useResultWords } from "./words";

export function ResultsLine() {
  const w = useResultWords();
  return (
    <Link to="/results" className="line">
      <Icon name="form" />
      <span className="grow">
        <span className="strong">{w("title")}</span>
        <br />
        <span className="small soft">{w("hint")}</span>
      </span>
      <Icon name="next" size={20} />
    </Link>
  );
}
