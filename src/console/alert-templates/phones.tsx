import type { messagingApi } from "@line/bot-sdk";
import { Notification, ReceivedMessage } from "../../preview/index.ts";
import type { Page } from "../page.ts";

interface Props {
  page: Page;
  /** By language, what a phone would be sent. */
  messages: Record<string, messagingApi.Message>;
}

/** The card of each language as residents' phones show it. With a script they are tabs. */
export function AlertPhones({ page, messages }: Props) {
  const { say, ward, language } = page;
  const shown = ward.languages.flatMap((id) => {
    const message = messages[id];
    return message === undefined ? [] : [{ id, message }];
  });
  return (
    <section class="previews" aria-labelledby="previews-title">
      <h2 id="previews-title">{say("preview.title")}</h2>
      <p class="hint">{say("alert-templates-page:sample")}</p>
      {shown.map(({ id, message }) => {
        const drawn = { message, senderName: ward.wardName(id), language, contentLanguage: id };
        return (
          <details class="template-phone" open={id === ward.languages[0]}>
            <summary>{page.languageName(id)}</summary>
            <div class="handset">
              <div class="lock-screen">
                <Notification {...drawn} />
              </div>
              <div class="lp-chat">
                <ReceivedMessage {...drawn} interactive={false} />
              </div>
            </div>
          </details>
        );
      })}
    </section>
  );
}
