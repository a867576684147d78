import "i18next";
import type vi from "./vi";

// Keys are checked against the Vietnamese texts; a test holds the English ones to the same keys.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof vi };
  }
}
