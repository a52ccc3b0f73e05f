import { readFile } from "node:fs/promises";
import { z } from "zod";
import { newUserRangeSchema, newUserSchema } from "../control/people.ts";
import type { Platform } from "../platform.ts";

const usersFileSchema = z.strictObject({
  users: z.array(newUserSchema).default([]),
  ranges: z.array(newUserRangeSchema).default([]),
});

/** Adds the people of a JSON file `{ "users": [{ "displayName": … }], "ranges": [{ "from": …, "count": … }] }`. */
export async function addUsersFromFile(platform: Platform, path: string): Promise<number> {
  const parsed = usersFileSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { users, ranges } = parsed.data;
  for (const user of users) platform.addUser(user);
  for (const range of ranges) platform.addUserRange(range);
  return users.length + ranges.reduce((sum, range) => sum + range.count, 0);
}
