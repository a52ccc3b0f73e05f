import type { messagingApi } from "@line/bot-sdk";
import { action, inRichMenu } from "../messages/actions.ts";
import { type Check, boolean, list, number, object, text } from "../messages/checks.ts";
import { type Complaint, createPlace, noFindings } from "../messages/place.ts";
import { menuStyle } from "../messages/style.ts";
import { type ImageInfo, readImage } from "./image-size.ts";

/** What a rich menu must be (LINE fact sheet section 9). All properties are required. */

const smallestWidth = 800;
const largestWidth = 2_500;
const smallestHeight = 250;
const flattestRatio = 1.45;
/** LINE says 1 MB; the smaller reading of it. */
const largestImage = 1_000_000;

const size: Check = (place) => {
  object({ width: number(smallestWidth, largestWidth), height: number(smallestHeight, largestWidth) })(place);
  const [width, height] = [place.at("width").value, place.at("height").value];
  if (typeof width === "number" && typeof height === "number" && width / height < flattestRatio)
    place.complain(`width / height must be at least ${flattestRatio}`);
};

const bounds = object({
  x: number(0, largestWidth),
  y: number(0, largestWidth),
  width: number(1, largestWidth),
  height: number(1, largestWidth),
});

const menu = object({
  size,
  selected: boolean,
  name: text({ max: 300, unit: "graphemes" }),
  chatBarText: text({ max: 14, unit: "graphemes" }),
  areas: list(0, 20, object({ bounds, action: action(inRichMenu) })),
});

export function findMenuErrors(body: unknown): Complaint[] {
  const findings = noFindings();
  menu(createPlace(body, menuStyle, findings));
  return findings.complaints;
}

/** Just the properties LINE knows, as `GET` gives them back. */
export function asMenu(body: Readonly<Record<string, unknown>>): messagingApi.RichMenuRequest {
  const { size, selected, name, chatBarText, areas } = body as messagingApi.RichMenuRequest & typeof body;
  return { size, selected, name, chatBarText, areas } as messagingApi.RichMenuRequest;
}

/** The picture's kind and size, if LINE would take it. */
export function readMenuImage(bytes: Buffer): ImageInfo | undefined {
  const image = readImage(bytes);
  if (image === undefined || bytes.length > largestImage) return undefined;
  const { width, height } = image;
  const fits = width >= smallestWidth && width <= largestWidth && height >= smallestHeight;
  return fits && width / height >= flattestRatio ? image : undefined;
}
