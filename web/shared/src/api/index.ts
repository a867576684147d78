export { ask, createApi, ifMatch, type Api, type ClientOptions } from "./client";
export { ApiError, Unreachable, type FieldError, type Problem } from "./problem";
export type { paths } from "./schema";
export type * from "./types";
