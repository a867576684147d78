import { Outlet } from "@tanstack/react-router";

import { StillThere } from "./StillThere";
import { toast, useToast } from "./toast";

export function Root() {
  const message = useToast();
  return (
    <>
      <StillThere />
      <Outlet />
      <div role="status" aria-live="polite">
        {message && (
          <div className="toast">
            <span className="grow">{message.text}</span>
            {message.action && (
              <button
                className="button"
                type="button"
                onClick={() => {
                  toast(undefined);
                  message.action?.run();
                }}
              >
                {message.action.text}
              </button>
            )}
          </div>
        )}
      </div>
    </>
  );
}
