/**
 * Sends what a form says so that it happens once: a second try with the same words, after an answer that was lost, has the same
 * Idempotency-Key and changes nothing. Other words, or the same after success, are a new thing.
 */
export function sentOnce<Body, Answer>() {
  let tried: { words: string; key: string } | undefined;
  return async (body: Body, send: (body: Body, key: string) => Promise<Answer>): Promise<Answer> => {
    const words = JSON.stringify(body);
    if (tried?.words !== words) tried = { words, key: crypto.randomUUID() };
    const answer = await send(body, tried.key);
    tried = undefined;
    return answer;
  };
}
