import { Router } from "express";
import type { TestSend, TestSent } from "../../broadcasts/test-send.ts";
import type { StaffPhone, StaffPhoneStore } from "../../staff/phone-store.ts";
import type { Context } from "../context.ts";
import { asDocument, asFragment } from "../document.tsx";
import { type Page, type SignedInPage, listed, writtenTime } from "../page.ts";
import { type DraftForm, readForm } from "./draft-form.ts";
import { readDraft } from "./read-draft.ts";
import { sayRefusal } from "./say-problem.ts";

interface Deps {
  context: Context;
  phones: StaffPhoneStore;
  testSend: TestSend;
}

/** Registering one's own phone, and sending what is in the form to it. */
export function createTestSendPages({ context, phones, testSend }: Deps): Router {
  const { ward, sentences, signedIn } = context;

  function sayOutcome(page: Page, outcome: TestSent): string[] {
    if ("sent" in outcome) {
      const names = listed(
        page,
        outcome.sent.map((id) => page.languageName(id)),
      );
      return [page.say("compose:phones.sent", { languages: names })];
    }
    if (outcome.refused === "invalid") return sayRefusal(outcome, page, sentences);
    return [page.say(`compose:phones.refused.${outcome.refused}`)];
  }

  /** Sends what the form says; only its texts matter here, not to whom and when. */
  async function send(page: SignedInPage, form: DraftForm, wanted: string[]) {
    const read = readDraft(page, { ...form, to: "everyone", when: "approved" }, undefined);
    if ("problems" in read) {
      const said = read.problems.map((each) => (typeof each === "string" ? each : each.text));
      return { said, needsPhone: false };
    }
    const outcome = await testSend(page.actor, read.draft.contents, wanted);
    const needsPhone = "refused" in outcome && outcome.refused === "no_phone";
    return { said: sayOutcome(page, outcome), needsPhone };
  }

  const router = Router();
  router.post(
    "/test-send",
    signedIn("broadcast.write", async (page, request, response) => {
      const wanted = [Object(request.body)["testLanguage"] ?? []].flat().map(String);
      const { said, needsPhone } = await send(page, readForm(request.body, ward), wanted);
      response.send(
        asFragment(
          <>
            {said.map((text) => (
              <p>{text}</p>
            ))}
            {needsPhone && (
              <p>
                <a href="/console/account/phone" target="_blank" rel="noopener">
                  {page.say("compose:phones.register")}
                </a>
              </p>
            )}
          </>,
        ),
      );
    }),
  );
  router.get(
    "/account/phone",
    signedIn("account.own", async (page, _request, response) => {
      const phone = await phones.find(page.actor.id);
      response.send(
        asDocument({
          page,
          title: page.say("compose:phones.title"),
          children: <PhonePage page={page} phone={phone} />,
        }),
      );
    }),
  );
  router.post(
    "/account/phone",
    signedIn("account.own", async ({ actor }, _request, response) => {
      await phones.ask(actor.id);
      response.redirect(303, "/console/account/phone");
    }),
  );
  router.post(
    "/account/phone/remove",
    signedIn("account.own", async ({ actor }, _request, response) => {
      await phones.unlink(actor.id);
      response.redirect(303, "/console/account/phone");
    }),
  );
  return router;
}

function PhonePage({ page, phone }: { page: Page; phone: StaffPhone }) {
  const say = (key: string) => page.say(`compose:phones.${key}`);
  return (
    <div class="sheet">
      <p>{say("text")}</p>
      {phone.state === "waiting" && (
        <section class="note" aria-labelledby="code-title">
          <h2 id="code-title">{say("codeTitle")}</h2>
          <p class="total">{`${phone.code.slice(0, 4)}-${phone.code.slice(4)}`}</p>
          <p>{page.say("compose:phones.codeText", { time: writtenTime(page, phone.expiresAt) })}</p>
          <a class="button secondary" href="/console/account/phone">
            {say("look")}
          </a>
        </section>
      )}
      {phone.state === "linked" && (
        <p class="note">{page.say("compose:phones.since", { time: writtenTime(page, phone.since) })}</p>
      )}
      <div class="acts">
        <form method="post" action="/console/account/phone">
          <button class={phone.state === "none" ? undefined : "secondary"}>
            {say(phone.state === "linked" ? "another" : phone.state === "waiting" ? "newCode" : "ask")}
          </button>
        </form>
        {phone.state !== "none" && (
          <form method="post" action="/console/account/phone/remove">
            <button class="secondary danger">{say("remove")}</button>
          </form>
        )}
      </div>
    </div>
  );
}
