import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuditStore } from "../../src/audit/store.ts";
import { BadAlertTemplates, readTemplateFiles } from "../../src/alerts/templates/template-files.ts";
import type { TemplateTexts } from "../../src/alerts/templates/template.ts";
import { type AlertTemplates, createAlertTemplates } from "../../src/alerts/templates/templates.ts";
import { createIds } from "../../src/shared/ids.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import type { Actor, Role } from "../../src/staff/permissions.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createWard, mihonProfile } from "../support/wards.ts";

const clock = createTestClock();
const ward = loadWard(mihonProfile);
let database: ReturnType<typeof openTestDatabase>;
let templates: AlertTemplates;

const open = (folder?: string) =>
  createAlertTemplates({
    db: database.db,
    audit: createAuditStore(database.db),
    clock,
    ids: createIds(),
    ward,
    ...(folder === undefined ? {} : { folder }),
  });

beforeEach(() => {
  database = openTestDatabase(clock);
  for (const id of ["anna", "ben"])
    database.db.sqlite
      .prepare("INSERT INTO staff (id, name, email, roles, created_at) VALUES (?, ?, ?, '[]', 0)")
      .run(id, id, `${id}@example.jp`);
  templates = open();
});
afterEach(() => database.remove());

const actor = (id: string, ...roles: Role[]): Actor => ({
  id,
  name: id,
  roles,
  sections: [],
  categories: undefined,
  mayAddressEveryone: true,
});
const anna = actor("anna", "dutyOfficer", "approver");
const ben = actor("ben", "approver");

const textOf = (id: string, language = "ja"): TemplateTexts => {
  const text = templates.find(id)?.texts[language];
  if (text === undefined) throw new Error(`${id} has no text`);
  return text;
};
const changed = (title = "断水のお知らせ") => ({ ja: { ...textOf("waterFailure"), title } });
async function proposed(texts = changed()): Promise<string> {
  const outcome = await templates.propose(anna, "waterFailure", texts, "clearer");
  if ("refused" in outcome) throw new Error(JSON.stringify(outcome));
  return outcome.id;
}
const acts = () =>
  database.db.sqlite
    .prepare<[], { act: string; actor: string; subject: string }>(
      "SELECT act, actor, subject FROM audit_entries ORDER BY seq",
    )
    .all();

describe("a template's texts are changed by two people", () => {
  it("what was proposed holds only once another has approved it, and only in its language", async () => {
    const english = textOf("waterFailure", "en").title;
    const id = await proposed();
    expect(textOf("waterFailure").title).toBe("断水しています");
    expect(await templates.proposals()).toMatchObject([
      { id, template: "waterFailure", proposer: "anna", state: "open", comment: "clearer" },
    ]);

    expect(await templates.decide(ben, id, "approve")).toEqual({ id });
    expect(textOf("waterFailure").title).toBe("断水のお知らせ");
    expect(textOf("waterFailure", "en").title).toBe(english);
    expect(await templates.proposals()).toEqual([]);
    expect(await templates.history("waterFailure")).toMatchObject([{ state: "approved", decider: "ben" }]);
  });

  it("nobody decides about their own, whatever their roles, and the database would not keep it", async () => {
    const id = await proposed();
    for (const decision of ["approve", "refuse"] as const)
      expect(await templates.decide(anna, id, decision)).toEqual({ refused: "approver_is_author" });
    expect(() =>
      database.db.sqlite.exec(
        "UPDATE alert_template_proposals SET state = 'approved', approval = 1, decided_by = proposed_by",
      ),
    ).toThrow("CHECK");
    expect(textOf("waterFailure").title).toBe("断水しています");
  });

  it("what was refused never holds, and is decided once", async () => {
    const id = await proposed();
    expect(await templates.decide(ben, id, "refuse", "too short")).toEqual({ id });
    expect(await templates.decide(ben, id, "approve")).toEqual({ refused: "already_decided" });
    expect(textOf("waterFailure").title).toBe("断水しています");
    expect(await templates.proposal(id)).toMatchObject({ state: "refused", decisionComment: "too short" });
  });

  it("what was written beside other texts than those of now is not approved unseen", async () => {
    const [first, second] = [await proposed(changed("一")), await proposed(changed("二"))];
    await templates.decide(ben, first, "approve");
    expect(await templates.decide(ben, second, "approve")).toEqual({ refused: "changed_meanwhile" });
    expect(textOf("waterFailure").title).toBe("一");
  });

  it("roles: viewers propose nothing, authors approve nothing", async () => {
    const viewer = actor("ben", "viewer");
    const author = actor("ben", "author");
    expect(await templates.propose(viewer, "waterFailure", changed())).toEqual({ refused: "role_missing" });
    const id = await proposed();
    expect(await templates.decide(author, id, "approve")).toEqual({ refused: "role_missing" });
  });

  it("each act is on record", async () => {
    await templates.decide(ben, await proposed(), "approve");
    await templates.decide(ben, await proposed(changed("二")), "refuse");
    expect(acts()).toEqual([
      { act: "alertTemplate.propose", actor: "anna", subject: "waterFailure" },
      { act: "alertTemplate.approve", actor: "ben", subject: "waterFailure" },
      { act: "alertTemplate.propose", actor: "anna", subject: "waterFailure" },
      { act: "alertTemplate.refuse", actor: "ben", subject: "waterFailure" },
    ]);
  });

  it("another process sees what was approved here with its next question", async () => {
    const other = open();
    expect(other.find("waterFailure")?.texts["ja"]?.title).toBe("断水しています");
    await templates.decide(ben, await proposed(), "approve");
    expect(other.find("waterFailure")?.texts["ja"]?.title).toBe("断水のお知らせ");
    expect(other.all().find(({ id }) => id === "waterFailure")?.texts["ja"]?.title).toBe("断水のお知らせ");
  });
});

describe("a proposal that would make a wrong alert is refused with its place", () => {
  const propose = (texts: Record<string, unknown>, id = "waterFailure") =>
    templates.propose(anna, id, texts as Record<string, TemplateTexts>);
  const codes = async (texts: Record<string, unknown>) => {
    const outcome = await propose(texts);
    return "problems" in outcome ? outcome.problems.map(({ field, code }) => `${field} ${code}`) : outcome;
  };

  it("a blank left out, misspelt or half written", async () => {
    const { title, body } = textOf("waterFailure");
    expect(await codes({ en: { title, body: body.replace("{{until}}", "") } })).toContain(
      "texts.en other_placeholders",
    );
    expect(await codes({ ja: { title, body: body.replace("{{until}}", "{{untill}}") } })).toContain(
      "texts.ja.body unknown_placeholder",
    );
    expect(await codes({ ja: { title, body: `${body} {{until` } })).toEqual([
      "texts.ja.body half_placeholder",
    ]);
  });

  it("too long, empty, another shape, another language, nothing at all", async () => {
    const text = textOf("waterFailure");
    expect(await codes({ ja: { ...text, title: "長".repeat(81) } })).toEqual(["texts.ja.title too_long"]);
    expect(await codes({ ja: { ...text, title: "" } })).toEqual(["texts.ja.title no_text"]);
    expect(await codes({ ja: { ...text, level: 4 } })).toEqual(["texts.ja no_text"]);
    expect(await codes({ vi: text })).toEqual(["texts.vi no_text"]);
    expect(await codes(JSON.parse('{"__proto__":{"title":"t"}}') as Record<string, unknown>)).toEqual([
      "texts.__proto__ no_text",
    ]);
    expect(await codes({})).toEqual(["texts no_text"]);
    expect(await propose({}, "nowhere")).toEqual({ refused: "not_found" });
  });

  it("names that the law abolished, and links that phones would not open", async () => {
    const text = textOf("waterFailure");
    expect(await codes({ ja: { ...text, title: "避難勧告" } })).toEqual(["texts.ja.title abolished_name"]);
    for (const url of ["http://ward.example", "javascript:alert(1)", "https://ward.example/a b"])
      expect(await codes({ ja: { ...text, link: { label: "l", url } } })).toContain(
        "texts.ja.link.url bad_link",
      );
  });
});

describe("the files", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  const file = (
    id: string,
    texts: unknown = { ja: { title: "題", body: "{{note}}" } },
    more: object = {},
  ) => ({
    id,
    group: "disaster",
    name: { ja: id, en: id },
    audience: { who: "everyone", withoutDistrict: true },
    validMinutes: 60,
    blanks: [{ id: "note", type: "text", label: { ja: "l", en: "l" } }],
    texts,
    ...more,
  });

  it("are refused all at once, each problem with its file", () => {
    write("good.json", file("good"));
    write("broken.json", "{");
    write("shape.json", { ...file("shape"), level: 9 });
    write("other.json", file("name"));
    write("blank.json", file("blank", { ja: { title: "題", body: "{{nowhere}}" } }));
    write(
      "option.json",
      file("option", undefined, {
        blanks: [{ id: "note", type: "choice", label: { ja: "l", en: "l" }, options: { a: { en: "a" } } }],
      }),
    );
    write(
      "built.json",
      file(
        "built",
        { ja: { title: "題", body: "{{ward}}" } },
        {
          blanks: [{ id: "ward", type: "text", label: { ja: "l", en: "l" } }],
        },
      ),
    );
    expect(() => readTemplateFiles(folder)).toThrow(BadAlertTemplates);
    const message = ((): string => {
      try {
        readTemplateFiles(folder);
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
    })();
    for (const part of [
      "broken.json: could not be read",
      "shape.json: level:",
      'other.json: its id is "name"',
      "blank.json: texts.ja.body: unknown_placeholder nowhere",
      "blank.json: blanks.note: unused_blank",
      "option.json: blanks.note.a: missing_words ja",
      "built.json: blanks.ward: twice",
    ])
      expect(message).toContain(part);
    expect(message).not.toContain("good.json");
  });

  it("a language of the ward that is missing is said, and does not stop the program", () => {
    write("good.json", file("good"));
    expect(open(folder).missing()).toEqual(["good: ja-x-easy", "good: en", "good: zh-Hans", "good: ko"]);
    const small = temporaryFolder();
    const of = createWard(small, { languages: ["ja"] });
    const deps = { db: database.db, audit: createAuditStore(database.db), clock, ids: createIds(), folder };
    expect(createAlertTemplates({ ...deps, ward: of }).missing()).toEqual([]);
    expect(open().missing()).toEqual([]);
    rmSync(small, { recursive: true });
  });

  it("texts that were approved for blanks the file no longer has give way to the file", async () => {
    write("good.json", file("good"));
    templates = open(folder);
    const texts = { ja: { title: "新", body: "{{note}}" } };
    const outcome = await templates.propose(anna, "good", texts);
    if ("refused" in outcome) throw new Error(outcome.refused);
    await templates.decide(ben, outcome.id, "approve");
    expect(templates.find("good")?.texts["ja"]?.title).toBe("新");

    write("good.json", file("good", { ja: { title: "題", body: "本" } }, { blanks: [] }));
    expect(open(folder).find("good")?.texts["ja"]?.title).toBe("題");
  });
});
