import { action, inQuickReply } from "./actions.ts";
import { type Check, list, mediaUrl, object, oneOf, optional, text } from "./checks.ts";
import { flexContainer } from "./flex-message.ts";
import { type Complaint, type Findings, createPlace, isRecord, noFindings } from "./place.ts";
import {
  audioMessage,
  couponMessage,
  imageMessage,
  imagemapMessage,
  locationMessage,
  stickerMessage,
  textMessage,
  textV2Message,
  videoMessage,
} from "./simple-messages.ts";
import { type Style, insideStyle, requestStyle } from "./style.ts";
import { template } from "./template-message.ts";

/** LINE's refusal of a list of messages, or nothing. Remarks are for the bot's author, not part of LINE's answer. */
export interface Verdict {
  refusal?: { message: string; details: Complaint[] };
  remarks: Complaint[];
}

const altText = text({ max: 1_500 });

const byType: Record<string, Check> = {
  text: textMessage,
  textV2: textV2Message,
  sticker: stickerMessage,
  image: imageMessage,
  video: videoMessage,
  audio: audioMessage,
  location: locationMessage,
  imagemap: imagemapMessage,
  template: object({ altText }),
  flex: object({ altText }),
  coupon: couponMessage,
};

const sender = object({
  name: optional((place) => {
    text({ max: 20 })(place);
    // "Certain words such as LINE may not be used." Which others is not said.
    if (/\bline\b/i.test(String(place.value))) place.complain("The sender name contains a forbidden word");
  }),
  iconUrl: optional(mediaUrl),
});

/** A quick reply stands under any message; LINE shows the one of the last message. */
const quickReply = object({
  items: list(
    1,
    13,
    object({ type: oneOf("action"), imageUrl: optional(mediaUrl), action: action(inQuickReply) }),
  ),
});

const message: Check = (place) => {
  oneOf(...Object.keys(byType))(place.at("type"));
  byType[String(place.at("type").value)]?.(place);
  object({ quickReply: optional(quickReply), sender: optional(sender) })(place);
};

/**
 * Checks `messages` of a request (LINE fact sheet section 7). As at LINE, what the request's own layer finds wrong is
 * told for all messages at once; what is wrong inside a Flex container or a template, for the first such message.
 */
export function validateMessages(messages: unknown, localPictures = false): Verdict {
  const outer = noFindings();
  list(1, 5, message)(createPlace(messages, { ...requestStyle, localPictures }, outer, "messages"));
  if (outer.complaints.length > 0) return { refusal: requestErrors(outer.complaints), remarks: [] };

  const remarks: Complaint[] = [];
  for (const [index, each] of (Array.isArray(messages) ? messages : []).entries()) {
    const inner = inspectInside(each, { ...insideStyle, localPictures });
    remarks.push(...inner.remarks);
    if (inner.complaints.length > 0) {
      const sentence = `A message (messages[${index}]) in the request body is invalid`;
      return { refusal: { message: sentence, details: inner.complaints }, remarks };
    }
  }
  return { remarks };
}

export function requestErrors(details: Complaint[]): { message: string; details: Complaint[] } {
  return { message: `The request body has ${details.length} error(s)`, details };
}

function inspectInside(value: unknown, style: Style): Findings {
  const findings = noFindings();
  if (isRecord(value) && value["type"] === "flex")
    flexContainer(createPlace(value["contents"], style, findings));
  if (isRecord(value) && value["type"] === "template")
    template(createPlace(value["template"], style, findings, "template"));
  return findings;
}
