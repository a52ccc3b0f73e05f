import type { Actor, Role } from "./permissions.ts";

/** Somebody of the staff as the acts below the pages see them: the one place where a row becomes an actor. */
export function actorOf(row: { id: string; name: string; roles: string[] }): Actor {
  return { id: row.id, name: row.name, roles: row.roles as Role[] };
}
