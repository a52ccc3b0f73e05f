import { type Api, createApi } from "./api.ts";
import type { World } from "./world.ts";

/** Adds somebody with these roles to the staff; returns their id and their key. */
export async function hire(world: World, ...roles: string[]): Promise<{ id: string; api: Api }> {
  const email = `${crypto.randomUUID()}@example.jp`;
  const { body: person } = await world.admin.post("/staff", { name: roles.join(" "), email, roles });
  const id = String(person["id"]);
  const { body: issued } = await world.admin.post(`/staff/${id}/api-keys`, { label: "test" });
  return { id, api: createApi(() => world.kairan.url, String(issued["key"])) };
}

/** A section that owns these categories and has these members; returns its id. */
export async function openSection(
  world: World,
  nameJa: string,
  categories: string[],
  members: string[],
): Promise<string> {
  const { status, body } = await world.admin.post("/sections", {
    nameJa,
    nameEn: `${nameJa} (en)`,
    categories,
    members,
  });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return String(body["id"]);
}
