// A photo as it leaves this device: drawn anew, so that nothing is left of what the camera wrote beside the picture (place, time, device, thumbnail).

const side = 1280; // pixels
const most = 400 * 1024; // bytes; modules/inspections/inspections.h, modules/declarations/pictures.h
const qualities = [0.8, 0.65, 0.5, 0.35];

export class PhotoTooLarge extends Error {}

/** How large it is drawn: as it is, or so that the longer side fits. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export async function redrawn(photo: Blob): Promise<Blob> {
  const picture = await createImageBitmap(photo);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(picture.width, picture.height));
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "white"; // where a picture is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of qualities) {
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (drawn && drawn.size <= most) return drawn;
  }
  throw new PhotoTooLarge();
}

/** Bytes as text: base64url without padding. */
export async function asText(photo: Blob): Promise<string> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  let binary = "";
  const step = 0x8000; // as many arguments as a call bears
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Such a text as an address that an image can show. */
export const shownText = (data: string): string => `data:image/jpeg;base64,${data.replaceAll("-", "+").replaceAll("_", "/")}`;
