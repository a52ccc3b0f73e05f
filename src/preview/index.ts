import { type messagingApi } from "@line/bot-sdk";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { projectPath } from "../shared/project-root.ts";
import { MessageView } from "./message.tsx";
import { Notification } from "./notification.tsx";
import { QuickReplies } from "./quick-replies.tsx";
import { RichMenu } from "./rich-menu.tsx";
import { type PreviewOptions } from "./setting.ts";

// For pages written in JSX.
export { ReceivedMessage, SentMessage } from "./chat-row.tsx";
export { Notification, notificationText, senderOf } from "./notification.tsx";
export { QuickReplies } from "./quick-replies.tsx";
export { RichMenu } from "./rich-menu.tsx";
export { type PreviewOptions } from "./setting.ts";

/**
 * Files the page must serve and link: the style sheet, and the script that applies `data-css` before the first paint
 * (so load it in the head, without `defer`). They are read from `src/`; the build does not copy them.
 */
export const previewFiles = {
  css: projectPath("src/preview/preview.css"),
  js: projectPath("src/preview/preview.js"),
};

type Message = messagingApi.Message;

/** For pages written as strings: one message. */
export const renderMessage = (message: Message, options: PreviewOptions): string =>
  render(h(MessageView, { message, ...options }));

/** The chips of the newest message; an empty string when it has none. */
export const renderQuickReplies = (message: Message, options: PreviewOptions): string =>
  render(h(QuickReplies, { message, ...options }));

export const renderRichMenu = (
  menu: messagingApi.RichMenuRequest,
  imageUrl: string | undefined,
  options: PreviewOptions,
): string => render(h(RichMenu, { menu, imageUrl, ...options }));

export const renderNotification = (
  message: Message,
  senderName: string,
  options: Omit<PreviewOptions, "interactive">,
): string => render(h(Notification, { message, senderName, ...options }));
