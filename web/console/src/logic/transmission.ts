// What a disease's file says of how it is passed on. Of one that is not known here: as of one that goes through the air.
import type { Disease } from "../api/types";

/** As the server has it (engines/presence: Disease::by_air). */
export function byAir(disease: Pick<Disease, "transmission"> | undefined): boolean {
  return !disease || disease.transmission.some((way) => way === "aerosol" || way === "droplet");
}
