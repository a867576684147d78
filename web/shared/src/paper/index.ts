export { readPaper } from "./readPaper";
export { readZone, type ZoneRead } from "./zone";
