import { loadConfig } from "../../src/config.ts";
import { startKairan } from "../../src/start.ts";

// The program as `npm start` runs it, but quicker to try again and without menus: for tests that kill it many times.

const kairan = await startKairan(loadConfig(), { firstRetryMs: 50, publishMenus: false });
process.once("SIGTERM", () => void kairan.stop().then(() => process.exit(0)));
