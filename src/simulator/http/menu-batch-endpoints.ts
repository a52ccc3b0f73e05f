import { isUuid } from "../channel/retry-keys.ts";
import type { MenuOperation, Menus } from "../menus/menus.ts";
import { type Complaint, isRecord } from "../messages/place.ts";
import { type Answer, answers } from "./answers.ts";
import type { Call, Handler, Handlers } from "./call.ts";
import { isMenuId } from "./menu-link-endpoints.ts";

const mostOperations = 1_000;
const resumeKeyForm = /^[0-9a-zA-Z_-]{1,100}$/;

function isResumeKey(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && resumeKeyForm.test(value));
}

interface ReadBatch {
  operations: MenuOperation[];
  resumeKey: string | undefined;
}

function readBatch({ body }: Call, menus: Menus): ReadBatch | { refusal: Answer } {
  const { operations, resumeRequestKey } = body;
  const one = (message: string, property: string, status = 400) => ({
    refusal: answers.errors([{ message, property }], status),
  });
  if (!Array.isArray(operations) || operations.length < 1 || operations.length > mostOperations)
    return one(`Size must be between 1 and ${mostOperations}`, "operations");
  if (!isResumeKey(resumeRequestKey)) return one("invalid resumeRequestKey", "resumeRequestKey");

  const malformed = operations.flatMap(findMalformed);
  if (malformed.length > 0) return { refusal: answers.errors(malformed) };
  const read = operations as MenuOperation[];
  if (read.length > 1 && read.some((each) => each.type === "unlinkAll"))
    return one("'unlinkAll' type can't be combined with other type", "operations[].type");
  const sources = read.flatMap((each) => (each.type === "unlinkAll" ? [] : [each.from]));
  const repeated = sources.find((from, index) => sources.indexOf(from) !== index);
  if (repeated !== undefined) return one(`from richmenu (${repeated}) is duplicated`, "operations[].from");

  for (const [index, each] of read.entries()) {
    for (const key of ["from", "to"] as const) {
      const id = key in each ? (each as { from: string; to: string })[key] : undefined;
      if (id === undefined) continue;
      const menu = menus.find(id);
      if (menu === undefined) return one(`Richmenu (${id}) is not found`, `operations[${index}].${key}`, 404);
      if (key === "to" && menu.image === undefined)
        return one(`'to' richmenu (${id}) must have image but it doesn't`, `operations[${index}].to`);
    }
  }
  return {
    operations: read,
    resumeKey: resumeRequestKey,
  };
}

function findMalformed(operation: unknown, index: number): Complaint[] {
  const at = `operations[${index}]`;
  const { type, from, to } = isRecord(operation) ? operation : {};
  if (type === "unlinkAll") return [];
  if (type !== "link" && type !== "unlink")
    return [
      { message: "Must be one of the following values: [link, unlink, unlinkAll]", property: `${at}.type` },
    ];
  const ids = type === "link" ? { from, to } : { from };
  return Object.entries(ids)
    .filter(([, id]) => !isMenuId(id))
    .map(([key]) => ({ message: "invalid richMenuId", property: `${at}.${key}` }));
}

/** The reference says 200 in its text and 202 in OpenAPI; clients are to take any 2xx. */
const batchMenus: Handler = (call, { menus }) => {
  const read = readBatch(call, menus);
  if ("refusal" in read) return read.refusal;
  menus.startBatch(call.requestId, read.operations, read.resumeKey);
  return answers.accepted();
};

const validateBatch: Handler = (call, { menus }) => {
  const read = readBatch(call, menus);
  return "refusal" in read ? read.refusal : answers.ok();
};

const batchProgress: Handler = ({ query }, { menus }) => {
  const requestId = query.get("requestId") ?? "";
  if (!isUuid(requestId)) return answers.invalidParameter("requestId");
  const progress = menus.batchProgress(requestId);
  if (progress === undefined) return answers.notFound();
  const { phase, acceptedAt, completedAt } = progress;
  const completed = completedAt === undefined ? {} : { completedTime: new Date(completedAt).toISOString() };
  return answers.ok({ phase, acceptedTime: new Date(acceptedAt).toISOString(), ...completed });
};

export const menuBatchEndpoints: Handlers<"batchMenus" | "validateBatch" | "batchProgress"> = {
  batchMenus,
  validateBatch,
  batchProgress,
};
