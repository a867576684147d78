import arrivals from "./arrivals.json";
import auth from "./auth.json";
import cases from "./cases.json";
import checkpoints from "./checkpoints.json";
import command from "./command.json";
import common from "./common.json";
import declarations from "./declarations.json";
import differences from "./differences.json";
import office from "./office.json";
import outages from "./outages.json";
import people from "./people.json";
import places from "./places.json";
import referrals from "./referrals.json";
import shell from "./shell.json";
import statistics from "./statistics.json";
import tasks from "./tasks.json";
import tracing from "./tracing.json";

export default { ...arrivals, ...auth, ...cases, ...checkpoints, ...command, ...common, ...declarations, ...differences, ...office, ...outages, ...people, ...places, ...referrals, ...shell, ...statistics, ...tasks, ...tracing };
