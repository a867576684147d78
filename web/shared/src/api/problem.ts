// What can go wrong when asking the server: an answer that says no (ApiError, with its problem document), or no answer
// (Unreachable).

/**
 * One wrong field of a request; `pointer` is an RFC 6901 JSON pointer into the body, or "?name" for a query
 * parameter.
 */
export interface FieldError {
  pointer: string;
  code: string;
  /** A sentence for people, in the language asked for. */
  detail?: string;
  params?: Record<string, string>;
}

/**
 * RFC 9457 problem document as Lũy Tre writes it. `title` and `detail` are sentences for people, in the language
 * asked for.
 */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: FieldError[];
  params?: Record<string, string>;
  /** On version_conflict: the newer version of the row. */
  current?: unknown;
}

export class ApiError extends Error {
  readonly problem: Problem;
  /** From Retry-After, in seconds. */
  readonly retryAfter?: number;

  constructor(problem: Problem, retryAfter?: number) {
    super(`${problem.status} ${problem.code}`);
    this.name = "ApiError";
    this.problem = problem;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
  /** The error of one field, by JSON pointer ("/phone"). */
  field(pointer: string): FieldError | undefined {
    return this.problem.errors?.find((error) => error.pointer === pointer);
  }
}

/** No answer: no network, the server is down, or the connection broke. Whether the request took effect is unknown. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super("unreachable", { cause });
    this.name = "Unreachable";
  }
}

export function problemOf(body: unknown, response: Response): Problem {
  const given = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  return {
    ...given,
    title: given.title ?? response.statusText,
    status: given.status ?? response.status,
    code: given.code ?? (response.status >= 500 ? "server_fault" : "unexpected"),
  };
}
