import type { InboundReaders } from "../api/routes/hazard-routes.ts";
import type { InboundWard } from "../feeds/inbound/inbound-ward.ts";
import { readCap } from "../feeds/inbound/read-cap.ts";
import { inboundJsonSchema, readJson } from "../feeds/inbound/read-json.ts";
import { unreadReport } from "../feeds/inbound/unread-report.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ward } from "../shared/ward/ward.ts";

/** How what the ward's own systems report is read: with the ward's codes and names as they are at that moment. */
export function createInbound(ward: Ward, clock: Clock): InboundReaders {
  const inEachLanguage = (name: (language: string) => string) => [...new Set(ward.languages.map(name))];
  const asNamed = (): InboundWard => ({
    municipality: ward.profile.jma?.municipality ?? "",
    names: inEachLanguage(ward.wardName),
    districts: ward.districts.map((id) => ({
      id,
      names: inEachLanguage((language) => ward.name("districts", id, language)),
    })),
  });
  return {
    cap: (bytes) => readCap(bytes, asNamed()),
    json: (value) => readJson(value, asNamed()),
    unread: (report, detail) => unreadReport(report, detail, clock.now()),
    jsonSchema: inboundJsonSchema,
  };
}
