export { anchor, Body } from "./Body";
export { FormKit, type Field, type FormWords, type Kit, type Option } from "./kit";
export { useFilling, type Finished } from "./useFilling";
