import { type messagingApi } from "@line/bot-sdk";
import { CouponMessage, LocationMessage, StickerMessage } from "./cards.tsx";
import { FlexMessage } from "./flex/flex-message.tsx";
import { ImagemapMessage } from "./imagemap.tsx";
import { AudioMessage, ImageMessage, VideoMessage } from "./media.tsx";
import { type Json, readRecord } from "./read.ts";
import { type PreviewOptions, type Setting, settingOf } from "./setting.ts";
import { TemplateMessage } from "./template.tsx";
import { TextBubble } from "./text-message.tsx";
import { textParts, textV2Parts } from "./text-parts.ts";
import { Unsupported } from "./unsupported.tsx";

interface Props extends PreviewOptions {
  message: messagingApi.Message;
}

/** One message as the LINE app draws it, without its surroundings. Any JSON value may be handed in. */
export function MessageView({ message, ...options }: Props) {
  const setting = settingOf(options);
  return (
    <div class="lp-message" lang={options.contentLanguage}>
      <Contents message={readRecord(message)} setting={setting} />
    </div>
  );
}

function Contents({ message, setting }: { message: Json; setting: Setting }) {
  switch (message["type"]) {
    case "text":
      return <TextBubble parts={textParts(message)} setting={setting} />;
    case "textV2":
      return <TextBubble parts={textV2Parts(message)} setting={setting} />;
    case "sticker":
      return <StickerMessage message={message} setting={setting} />;
    case "image":
      return <ImageMessage message={message} setting={setting} />;
    case "video":
      return <VideoMessage message={message} setting={setting} />;
    case "audio":
      return <AudioMessage message={message} setting={setting} />;
    case "location":
      return <LocationMessage message={message} setting={setting} />;
    case "imagemap":
      return <ImagemapMessage message={message} setting={setting} />;
    case "template":
      return <TemplateMessage message={message} setting={setting} />;
    case "flex":
      return <FlexMessage message={message} setting={setting} />;
    case "coupon":
      return <CouponMessage message={message} setting={setting} />;
    default:
      return <Unsupported type={message["type"]} setting={setting} />;
  }
}
