import { desc, eq } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, templates } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import { type Actor, may } from "../staff/permissions.ts";
import type { Refusal } from "./refusal.ts";
import type { Fields } from "./working-copy-store.ts";

/** A notice to start from. It cannot be sent (invariant 11). */
export interface Template {
  id: string;
  title: string;
  fields: Fields;
  /** Who made it. */
  by: string;
  updatedAt: number;
}

export const longestTemplateTitle = 100;

export type TemplateStore = ReturnType<typeof createTemplateStore>;
export type TemplateOutcome =
  | { id: string }
  | Extract<Refusal, { refused: "not_found" | "role_missing" }>
  | { refused: "bad_title" };

export function createTemplateStore({ orm, write }: Database, audit: AuditStore, ids: Ids, clock: Clock) {
  const fits = (title: string) => title.trim() !== "" && title.length <= longestTemplateTitle;
  const questions = () =>
    orm
      .select({
        id: templates.id,
        title: templates.title,
        fields: templates.fields,
        by: staff.name,
        updatedAt: templates.updatedAt,
      })
      .from(templates)
      .innerJoin(staff, eq(staff.id, templates.createdBy));

  return {
    create: async (actor: Actor, title: string, fields: Fields): Promise<TemplateOutcome> => {
      if (!may(actor, "template.write")) return { refused: "role_missing" };
      if (!fits(title)) return { refused: "bad_title" };
      const id = ids.ulid();
      const now = clock.now();
      await write(() => {
        orm
          .insert(templates)
          .values({
            id,
            title,
            fields: JSON.stringify(fields),
            createdBy: actor.id,
            createdAt: now,
            updatedAt: now,
          })
          .run();
        audit.append({ at: now, actor: actor.id, act: "template.create", subject: id, details: { title } });
      });
      return { id };
    },

    rename: async (actor: Actor, id: string, title: string): Promise<TemplateOutcome> => {
      if (!may(actor, "template.write")) return { refused: "role_missing" };
      if (!fits(title)) return { refused: "bad_title" };
      const updatedAt = clock.now();
      return write(() => {
        const { changes } = orm.update(templates).set({ title, updatedAt }).where(eq(templates.id, id)).run();
        if (changes === 0) return { refused: "not_found" as const };
        audit.append({
          at: updatedAt,
          actor: actor.id,
          act: "template.rename",
          subject: id,
          details: { title },
        });
        return { id };
      });
    },

    remove: async (actor: Actor, id: string): Promise<TemplateOutcome> => {
      if (!may(actor, "template.write")) return { refused: "role_missing" };
      return write(() => {
        const gone = orm.delete(templates).where(eq(templates.id, id)).returning().get();
        if (gone === undefined) return { refused: "not_found" as const };
        const details = { title: gone.title };
        audit.append({ at: clock.now(), actor: actor.id, act: "template.delete", subject: id, details });
        return { id };
      });
    },

    find: async (id: string): Promise<Template | undefined> => {
      const row = questions().where(eq(templates.id, id)).get();
      return row === undefined ? undefined : { ...row, fields: JSON.parse(row.fields) as Fields };
    },

    /** Last changed first. */
    list: async (): Promise<Template[]> =>
      questions()
        .orderBy(desc(templates.updatedAt))
        .limit(200)
        .all()
        .map((row) => ({ ...row, fields: JSON.parse(row.fields) as Fields })),
  };
}
