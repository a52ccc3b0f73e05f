import { roles } from "../../src/staff/permissions.ts";
import { hire } from "./sections.ts";
import { type Visitor, visit } from "./visitor.ts";
import { type World, type WorldOptions, startWorld } from "./world.ts";

type Login = { staffId: string; name: string; role: string };

/** A world with somebody of each role who can sign in to the staff pages. */
export interface StaffedConsole {
  world: World;
  /** The staff id of the one with this role. */
  idOf(role: string): string;
  /** Somebody more, with a log-in of their own. */
  employ(name: string, ...roles: string[]): Promise<string>;
  /** Signs in as the one with this role, or as somebody by their id. */
  enter(roleOrId: string, language?: string): Promise<Visitor>;
}

export async function openConsole(options: WorldOptions = {}): Promise<StaffedConsole> {
  const logins: Login[] = [];
  const world = await startWorld({
    ...options,
    overrides: { demoLogins: () => logins, ...options.overrides },
  });
  const find = (key: string) => logins.find(({ role, staffId }) => role === key || staffId === key);
  const employ = async (name: string, ...theirs: string[]): Promise<string> => {
    const { id } = await hire(world, ...theirs);
    logins.push({ staffId: id, name, role: name });
    return id;
  };
  for (const role of roles) await employ(role, role);
  return {
    world,
    idOf: (role) => find(role)?.staffId ?? "",
    employ,
    enter: async (key, language) => {
      const visitor = visit(world, language);
      const { status } = await visitor.post("/console/sign-in", { staffId: find(key)?.staffId ?? "" });
      if (status !== 303 || visitor.cookies.size === 0)
        throw new Error(`${key} could not sign in: ${status}`);
      return visitor;
    },
  };
}
