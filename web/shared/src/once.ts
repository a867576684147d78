import { ApiError } from "./api/problem";

/** The server said no: nothing was done. */
const isNo = (error: unknown): boolean => error instanceof ApiError && error.status < 500 && error.status !== 408;

interface Try<Answer> {
  key: string;
  at: string;
  underWay?: Promise<Answer> | undefined;
}

/**
 * Sends what a form says so that it happens once: a second try with the same words, after an answer that was lost, has the same
 * Idempotency-Key and the moment of the first try, and changes nothing. Other words, or the same after an answer, are a new thing.
 * Several may be under way at once, as of the lines of a list: each has a key of its own, and the same words said again meanwhile
 * wait for the same answer.
 */
export function sentOnce<Body, Answer>() {
  const tries = new Map<string, Try<Answer>>();
  return (body: Body, send: (body: Body, key: string, at: string) => Promise<Answer>): Promise<Answer> => {
    const words = JSON.stringify(body);
    let mine = tries.get(words);
    if (mine?.underWay) return mine.underWay;
    if (!mine) {
      // What was lost earlier is given up for something new; what goes on beside it is not.
      if (![...tries.values()].some(({ underWay }) => underWay)) tries.clear();
      mine = { key: crypto.randomUUID(), at: new Date().toISOString() };
      tries.set(words, mine);
    }
    const one = mine;
    const sending = async (): Promise<Answer> => {
      try {
        const answer = await send(body, one.key, one.at);
        tries.delete(words);
        return answer;
      } catch (error) {
        if (isNo(error)) tries.delete(words);
        throw error;
      }
    };
    const underWay = sending();
    one.underWay = underWay;
    const over = () => {
      one.underWay = undefined;
    };
    void underWay.then(over, over);
    return underWay;
  };
}
