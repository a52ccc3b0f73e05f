import type { Answer, Api } from "./api.ts";
import type { World } from "./world.ts";

/** What a test says differently about an alert. */
export type AlertFields = Record<string, unknown>;

/** Two duty officers: one raises, the other confirms. */
export interface Alarm {
  raiser: Api & { staffId: string };
  confirmer: Api & { staffId: string };
  /** Raised, not confirmed; returns what the API answered. */
  raise(fields?: AlertFields): Promise<Record<string, unknown>>;
  /** Raised and confirmed; returns its id. */
  send(fields?: AlertFields): Promise<string>;
  confirm(id: unknown): Promise<void>;
  /** Prepared and confirmed; returns its id. */
  followUp(id: string, kind: string, blanks?: Record<string, unknown>): Promise<string>;
  read(id: string): Promise<Record<string, unknown>>;
}

interface ListedTemplate {
  id: string;
  blanks: { id: string; type: string; required: boolean; options: string[] | null }[];
}

const samples: Record<string, unknown> = {
  shelters: [],
  time: "2030-01-01T21:30",
  number: "3",
  phone: "03-0000-0000",
  url: "https://www.mihon.example/",
  text: "みほん",
};

/** A template with its required blanks filled in somehow, as the body of POST /alerts. */
export function filledBlanks(
  listed: Record<string, unknown>,
  template: string,
): { template: string; blanks: Record<string, unknown> } {
  const found = (listed["templates"] as ListedTemplate[]).find(({ id }) => id === template);
  if (found === undefined) throw new Error(`There is no template ${template}.`);
  const blanks = found.blanks
    .filter(({ required }) => required)
    .map(({ id, type, options }) => [id, type === "choice" ? options?.[0] : samples[type]]);
  return { template, blanks: Object.fromEntries(blanks) as Record<string, unknown> };
}

export async function openAlarm(world: Pick<World, "staffWith">): Promise<Alarm> {
  const raiser = await world.staffWith("dutyOfficer");
  const confirmer = await world.staffWith("dutyOfficer");
  const ok = ({ status, body }: Answer): Record<string, unknown> => {
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  const { body: listed } = await raiser.get("/alert-templates");
  const alarm: Alarm = {
    raiser,
    confirmer,
    raise: async ({ template = "evacuationLevel4", ...fields } = {}) =>
      ok(
        await raiser.post("/alerts", { ...filledBlanks(listed, String(template)), mode: "live", ...fields }),
      ),
    confirm: async (id) => void ok(await confirmer.post(`/alerts/${String(id)}/confirm`)),
    send: async (fields) => {
      const { id } = await alarm.raise(fields);
      await alarm.confirm(id);
      return String(id);
    },
    followUp: async (id, kind, blanks) => {
      const { id: followUp } = ok(
        await raiser.post(`/alerts/${id}/follow-ups`, { kind, ...(blanks === undefined ? {} : { blanks }) }),
      );
      await alarm.confirm(followUp);
      return String(followUp);
    },
    read: async (id) => ok(await raiser.get(`/alerts/${id}`)),
  };
  return alarm;
}
