import { expect } from "vitest";
import { batchStates } from "../../src/outbox/order.ts";
import { misbehave, startKillable } from "./killable.ts";
import { seedResidents } from "./seed.ts";
import { waitFor } from "./wait-for.ts";

const contents = Object.fromEntries(
  ["ja", "ja-x-easy", "en", "zh-Hans", "ko"].map((language) => [language, { title: language, body: "…" }]),
);
const residents = 12_000;
const kills = 4;

/** What is left after a program in front of a misbehaving LINE was killed again and again at moments that `seed` decides. */
export async function survive(seed: number, processes: number) {
  const program = await startKillable({ seed, processes });
  const { line, admin } = program;
  try {
    const users = await seedResidents(program.config, line, residents, seed);
    const author = await program.staffWith("author");
    const approver = await program.staffWith("approver");
    misbehave(line);
    const { body: draft } = await author.post("/broadcasts", {
      title: "kill",
      audience: { everyone: true },
      contents,
    });
    const id = String(draft["id"]);
    await author.post(`/broadcasts/${id}/submit`);
    await approver.post(`/broadcasts/${id}/approve`);

    for (let kill = 0; kill < kills; kill++) await program.killWithin(350);
    const delivery = await waitFor(
      `seed ${seed}: the broadcast to be sent`,
      async () => {
        const { body } = await admin.get(`/broadcasts/${id}/delivery`);
        const settled = body["planning"] === false && body["pending"] === 0 && body["sending"] === 0;
        expect(sum(body)).toBe(body["planned"]);
        return settled ? body : undefined;
      },
      60_000,
    );
    await program.stop();
    const { platform } = line;
    return {
      delivery,
      summary: platform.ledger.summary(),
      notExactlyOnce: users.filter((user) => platform.ledger.copiesOf(user) !== 1),
      mistakes: platform.clientMistakes(),
    };
  } finally {
    await program.end();
  }
}

function sum(delivery: Record<string, unknown>): number {
  return batchStates.reduce((total, state) => total + Number(delivery[state]), 0);
}

/** What `survive` has to find: nobody lost, nobody doubled, and LINE never asked for what it does not have. */
export const everybodyOnce = {
  delivery: expect.objectContaining({ planned: residents, accepted: residents }),
  summary: expect.objectContaining({ copies: residents, users: residents, doubled: [] }),
  notExactlyOnce: [],
  mistakes: [],
};
