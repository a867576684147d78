import type { NewHelper } from "../../api/types";

export const organisations: readonly NewHelper["organisation"][] = ["youth", "farmers", "women", "veterans", "other"];
