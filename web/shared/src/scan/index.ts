export { Decoder, DecoderFailed, readPicture } from "./decoder";
export { useCamera, type CameraTrouble, type CameraUse, type CameraView } from "./useCamera";
export type { Wanted } from "./reading";
