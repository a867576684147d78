import { ApiError } from "./api/problem";

/** The server said no: nothing was done. */
const isNo = (error: unknown): boolean => error instanceof ApiError && error.status < 500 && error.status !== 408;

/**
 * Sends what a form says so that it happens once: a second try with the same words, after an answer that was lost, has the same
 * Idempotency-Key and the moment of the first try, and changes nothing. Other words, or the same after an answer, are a new thing.
 */
export function sentOnce<Body, Answer>() {
  let tried: { words: string; key: string; at: string } | undefined;
  return async (body: Body, send: (body: Body, key: string, at: string) => Promise<Answer>): Promise<Answer> => {
    const words = JSON.stringify(body);
    if (tried?.words !== words) tried = { words, key: crypto.randomUUID(), at: new Date().toISOString() };
    try {
      const answer = await send(body, tried.key, tried.at);
      tried = undefined;
      return answer;
    } catch (error) {
      if (isNo(error)) tried = undefined;
      throw error;
    }
  };
}
