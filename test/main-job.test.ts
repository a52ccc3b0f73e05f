import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPerson } from "./support/person.ts";
import { waitFor } from "./support/wait-for.ts";
import { type World, startWorld } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.end());

const notice = (language: string) => ({ title: `Title ${language}`, body: `Body ${language}` });
const contents = Object.fromEntries(
  ["ja", "ja-x-easy", "en", "zh-Hans", "ko"].map((language) => [language, notice(language)]),
);

async function delivered(id: string) {
  const author = world.admin;
  return waitFor("the broadcast to be sent", async () => {
    const { body } = await author.get(`/broadcasts/${id}`);
    return body["state"] === "sent" ? (await author.get(`/broadcasts/${id}/delivery`)).body : undefined;
  });
}

describe("the main job", () => {
  it("a resident's choice decides which push reaches them, exactly once, in their language", async () => {
    const parent = createPerson(world, { language: "ja" });
    const visitor = createPerson(world, { language: "en" });
    const neighbour = createPerson(world, { language: "ko" });
    const undecided = createPerson(world, { language: "ja" });

    await parent.follow();
    await parent.press("日本語");
    await parent.press("子育て家庭むけ");
    await visitor.follow();
    await visitor.press("English");
    await visitor.press("Let me choose");
    await visitor.press("Childcare: on");
    await visitor.press("Done");
    await visitor.press("Chuo: on");
    await neighbour.follow();
    await neighbour.press("한국어");
    await neighbour.press("재해와 우리 동네 안전");
    await neighbour.press("기타 선택");
    await undecided.follow();

    const author = await world.staffWith("author");
    const approver = await world.staffWith("approver");
    const audience = { categories: { anyOf: ["childcare"] } };
    const estimate = await author.post("/audience/estimate", { audience });
    expect(estimate.body).toMatchObject({ total: 2, byLanguage: { ja: 1, en: 1 }, withoutPreferences: 0 });
    expect(estimate.body["explanation"]).toEqual({
      ja: "分野「子育て」を選んだ人",
      en: "Residents who chose the category “Childcare”",
    });

    const draft = await author.post("/broadcasts", { title: "健診", audience, contents });
    expect(draft.status).toBe(201);
    const id = String(draft.body["id"]);
    await author.post(`/broadcasts/${id}/submit`);
    expect((await author.post(`/broadcasts/${id}/approve`)).body).toMatchObject({
      status: 403,
      code: "approver_is_author",
    });
    expect(parent.pushed()).toEqual([]);
    expect((await approver.post(`/broadcasts/${id}/approve`)).status).toBe(200);

    expect(await delivered(id)).toMatchObject({
      planned: 2,
      accepted: 2,
      pending: 0,
      byLanguage: { ja: { accepted: 1 }, en: { accepted: 1 } },
    });
    expect(parent.pushed()).toEqual(["Title ja\nBody ja"]);
    expect(visitor.pushed()).toEqual(["Title en\nBody en"]);
    expect(neighbour.pushed()).toEqual([]);
    expect(undecided.pushed()).toEqual([]);
    expect(world.line.platform.clientMistakes()).toEqual([]);
  });
});
