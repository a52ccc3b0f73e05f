import { readdirSync } from "node:fs";
