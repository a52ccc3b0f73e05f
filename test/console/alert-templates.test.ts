import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Template } from "../../src/alerts/templates/template.ts";
import { readTemplateFiles } from "../../src/alerts/templates/template-files.ts";
import { previewTemplate } from "../../src/console/alert-templates/preview.ts";
import { sayIn } from "../../src/console/page.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import type { Visitor } from "../support/visitor.ts";
import { mihonProfile } from "../support/wards.ts";

const sentences = loadSentences();
const say = sayIn("en", sentences.say);

let staffed: StaffedConsole;
let author: Visitor;
let dutyOfficer: Visitor;

const at = "/console/alert-templates";
/** One that has blanks and texts in all languages. */
const template = readTemplateFiles().find(({ blanks, group }) => group === "evacuation" && blanks.length > 0);
const id = template?.id ?? "";

beforeAll(async () => {
  staffed = await openConsole();
  author = await staffed.enter("author", "en");
  dutyOfficer = await staffed.enter("dutyOfficer", "en");
});
afterAll(() => staffed.world.end());

const read = (html: string): Document => parseHTML(html).document;
/** The reader of pages leaves what stands in a text box as it was written. */
const typedIn = (box: Element | null): string =>
  (box?.textContent ?? "").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
const textOf = (html: string): string => read(html).body.textContent ?? "";

/** The form as it stands on the page, with other texts in some fields. */
async function formWith(who: Visitor, changed: Record<string, string>): Promise<Record<string, string>> {
  const form = read((await who.get(`${at}/${id}/edit`)).html).querySelector("main form");
  const fields = [...(form?.querySelectorAll("input, textarea") ?? [])].map((field) => [
    field.getAttribute("name") ?? "",
    field.tagName === "TEXTAREA" ? typedIn(field) : (field.getAttribute("value") ?? ""),
  ]);
  return { ...(Object.fromEntries(fields) as Record<string, string>), ...changed };
}

async function propose(who: Visitor, changed: Record<string, string>) {
  return who.post(`${at}/${id}/edit`, { ...(await formWith(who, changed)), act: "propose" });
}

/** Proposes the texts as they are with a line more in English: every language still names the same blanks. */
async function proposeLine(who: Visitor, line: string) {
  const body = (await formWith(who, {}))["body.en"] ?? "";
  return propose(who, { "body.en": `${body}\n${line}` });
}

/** The address of the newest proposal for the template. */
async function proposalOf(who: Visitor): Promise<string> {
  const { html } = await who.get(`${at}/${id}`);
  return new RegExp(`href="(${at}/${id}/proposals/[^"]+)"`).exec(html)?.[1] ?? "no proposal";
}

/** The texts that alerts are made from. */
const textsNow = async () =>
  read((await author.get(`${at}/${id}`)).html).querySelector(".alert-template")?.textContent ?? "";

describe("the list of alert templates", () => {
  it("shows every template in its group, with its level in words and the languages it lacks", async () => {
    const { status, html } = await author.get(at);
    expect(status).toBe(200);
    for (const each of readTemplateFiles()) expect(html).toContain(`href="${at}/${each.id}"`);
    expect(html).toContain(say("alerts:level", { level: 4 }));
  });
});

describe("one alert template", () => {
  it("shows the texts of all languages, who gets it, and a card for each language's phone", async () => {
    const { html } = await author.get(`${at}/${id}`);
    for (const language of ["ja", "en", "ko"])
      expect(html).toContain(sentences.say(language, "conversation:language.ownName"));
    expect(html.match(/class="handset"/g)).toHaveLength(5);
    expect(textOf(html)).toContain(template?.texts["ja"]?.title);
  });

  it("has a preview in every language, whichever it is", async () => {
    const ward = loadWard(mihonProfile);
    const deps = { ward, sentences, clock: { now: Date.now } };
    const drawn = (each: Template) => Object.keys(previewTemplate(each, deps)?.contents ?? {});
    for (const each of readTemplateFiles()) expect([each.id, drawn(each)]).toEqual([each.id, ward.languages]);
  });

  it("is not there by a name that nobody gave it", async () => {
    expect((await author.get(`${at}/constructor`)).status).toBe(404);
  });
});

describe("changing the texts of a template", () => {
  it("loses nothing that was typed when it is refused, and says it at the field", async () => {
    const typed = "<b>{{nobody}}</b> & more";
    const { status, html } = await propose(author, { "body.en": typed });
    expect(status).toBe(422);
    expect(typedIn(read(html).querySelector("[name='body.en']"))).toBe(typed);
    expect(html).toContain(`href="#f-body.en"`);
    expect(html).toMatch(/id="f-body\.en-problem"[^>]*>[^<]*nobody/);
  });

  it("proposes nothing when nothing was changed", async () => {
    const { status, html } = await propose(author, {});
    expect([status, html.includes(say("alert-templates-page:no.nothing_changed"))]).toEqual([422, true]);
  });

  it("shows on the phone what is typed, without proposing it", async () => {
    const form = await formWith(author, { "title.en": "Looked at only" });
    const { html } = await author.post(`${at}/${id}/edit`, { ...form, act: "look" });
    expect(html.match(/Looked at only/g)?.length).toBeGreaterThan(1);
    expect((await author.get(`${at}/${id}`)).html).not.toContain("Looked at only");
  });

  it("is used only when somebody else has approved it, who sees what changes", async () => {
    const { status, to } = await proposeLine(dutyOfficer, "Leave now, please");
    expect([status, to]).toEqual([303, `${at}/${id}?done=proposed#done`]);
    expect(await textsNow()).not.toContain("Leave now, please");

    const review = await proposalOf(dutyOfficer);
    const own = await dutyOfficer.get(review);
    expect(own.html).toContain(say("alert-templates-page:waiting.own"));
    expect((await dutyOfficer.post(review, { decision: "approve" })).status).toBe(403);
    expect(await textsNow()).not.toContain("Leave now, please");

    const approver = await staffed.enter("approver", "en");
    expect((await approver.get(at)).html).toContain(`href="${review}"`);
    expect((await approver.get(review)).html).toMatch(/<ins>[^<]*Leave now/);
    const approved = await approver.post(review, { decision: "approve" });
    expect([approved.status, approved.to]).toEqual([303, `${at}/${id}?done=approved#done`]);
    expect(await textsNow()).toContain("Leave now, please");
    expect((await approver.get(`${at}/${id}`)).html).toContain(
      say("alert-templates-page:version", { version: 2 }),
    );
  });

  it("is refused with a reason only", async () => {
    await proposeLine(author, "Refuse me");
    const review = await proposalOf(author);
    const approver = await staffed.enter("approver", "en");
    const without = await approver.post(review, { decision: "refuse", comment: " " });
    expect([without.status, without.html.includes(say("alert-templates-page:no.comment_missing"))]).toEqual([
      422,
      true,
    ]);
    expect((await approver.post(review, { decision: "refuse", comment: "Not clear." })).status).toBe(303);
    expect(await textsNow()).not.toContain("Refuse me");
    // Decided once: an old page leads to what is so.
    expect((await approver.get(review)).to).toBe(`${at}/${id}`);
  });

  it("is not proposed on a page that is older than the texts in use", async () => {
    const form = await formWith(author, { "title.en": "Written on an old page" });
    const { status, html } = await author.post(`${at}/${id}/edit`, {
      ...form,
      version: "99",
      act: "propose",
    });
    expect(status).toBe(409);
    expect(html).toContain("Written on an old page");
  });
});
