// What a disease's file says of how it is passed on. Of one that is not known here, or of which nobody says how: as of one
// that goes through the air.
import type { Disease } from "../api/types";

export function byAir(disease: Pick<Disease, "transmission"> | undefined): boolean {
  return !disease || disease.transmission.length === 0 || disease.transmission.some((way) => way === "aerosol" || way === "droplet");
}
