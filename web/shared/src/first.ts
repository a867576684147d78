// Whether one of our apps is opened for the first time in this browser: then nobody can have signed in here, and there is
// no need to ask the server who it is.

const key = "luytre.opened";

function open(): boolean {
  try {
    const before = localStorage.getItem(key);
    localStorage.setItem(key, "1");
    return before === null;
  } catch {
    return false; // a browser that keeps nothing cannot tell
  }
}

/** Judged once, when this is loaded. */
export const firstOpening = open();
