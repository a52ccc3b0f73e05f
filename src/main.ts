import { loadConfig } from "./config.ts";
import { startKairan } from "./start.ts";
import { whatToMend } from "./start/what-to-mend.ts";

try {
  const kairan = await startKairan(loadConfig());
  const end = (): void => {
    void kairan.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
} catch (error) {
  const said = whatToMend(error);
  if (said === undefined) throw error;
  process.stderr.write(`${said}\n`);
  process.exit(1);
}
