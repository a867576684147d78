// Who a visitor is, as shown or said, and when.

import type { Body } from "@luytre/shared/api";

export type VisitorDeclaration = Body<"/api/v1/gates/{id}/declarations", "post">;

/** `at`: when it was shown; a code of ours counts for minutes. */
export type Who = Pick<VisitorDeclaration, "code" | "name" | "birthYear" | "at">;
