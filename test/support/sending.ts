import { openDatabase } from "../../db/open.ts";
import { batchStates } from "../../src/outbox/order.ts";
import type { Answer, Api } from "./api.ts";
import { waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

export const contentsInAll = Object.fromEntries(
  ["ja", "ja-x-easy", "en", "zh-Hans", "ko"].map((language) => [
    language,
    { title: `Title ${language}`, body: `Body ${language}` },
  ]),
);

/** What a test may say differently about a broadcast for everybody in all languages. */
export type DraftFields = Record<string, unknown>;

/** Two people who may send: one writes, the other approves. */
export interface Office {
  author: Api;
  approver: Api;
  write(fields?: DraftFields): Promise<string>;
  submit(fields?: DraftFields): Promise<string>;
  /** Written, submitted and approved; returns the id. */
  send(fields?: DraftFields): Promise<string>;
  read(id: string): Promise<Record<string, unknown>>;
  delivery(id: string): Promise<Record<string, unknown>>;
  /** Waits until nothing of it is planned, pending or under way, and returns what became of it. */
  settled(id: string): Promise<Record<string, unknown>>;
  sent(id: string): Promise<void>;
}

export async function openOffice(world: World): Promise<Office> {
  const author = await world.staffWith("author");
  const approver = await world.staffWith("approver");
  const ok = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const office: Office = {
    author,
    approver,
    write: async (fields) => {
      const draft = { title: "A notice", audience: { everyone: true }, contents: contentsInAll, ...fields };
      return String(ok(await author.post("/broadcasts", draft)).body["id"]);
    },
    submit: async (fields) => {
      const id = await office.write(fields);
      ok(await author.post(`/broadcasts/${id}/submit`));
      return id;
    },
    send: async (fields) => {
      const id = await office.submit(fields);
      ok(await approver.post(`/broadcasts/${id}/approve`));
      return id;
    },
    read: async (id) => ok(await author.get(`/broadcasts/${id}`)).body,
    delivery: async (id) => {
      const { body } = ok(await author.get(`/broadcasts/${id}/delivery`));
      const sum = batchStates.reduce((total, state) => total + Number(body[state]), 0);
      if (sum !== body["planned"]) throw new Error(`Invariant 6 does not hold: ${JSON.stringify(body)}`);
      return body;
    },
    settled: (id) =>
      waitFor("the broadcast to be settled", async () => {
        const { state } = (await author.get(`/broadcasts/${id}`)).body;
        const delivery = await office.delivery(id);
        const over = delivery["planning"] === false && delivery["pending"] === 0 && delivery["sending"] === 0;
        return state !== "approved" && over ? delivery : undefined;
      }),
    sent: async (id) => {
      await waitFor("the broadcast to be sent", async () => (await office.read(id))["state"] === "sent");
    },
  };
  return office;
}

/** Puts somebody into the database whom LINE does not know: a deleted account, or an id from another provider. */
export async function addStranger({ config }: World, lineUserId: string): Promise<void> {
  const db = openDatabase(config.databaseUrl);
  await db.write(() =>
    db.sqlite
      .prepare(
        `INSERT INTO residents (line_user_id, standing, language, since, revision) VALUES (?, 'following', 'ja', 0, 0)`,
      )
      .run(lineUserId),
  );
  db.close();
}

/** Changes the frozen messages behind the program's back, to what LINE will not take. */
export async function spoilMessages({ config }: World, id: string): Promise<void> {
  const db = openDatabase(config.databaseUrl);
  await db.write(() =>
    db.sqlite
      .prepare(
        `UPDATE outbox_bodies SET body = '[{"type":"text","text":""}]'
         WHERE order_seq = (SELECT seq FROM outbox_orders WHERE broadcast_id = ?)`,
      )
      .run(id),
  );
  db.close();
}

/** A clock that runs, and can be moved forward. */
export function createMovableClock(): { now(): number; advance(ms: number): void } {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
