import { parentPort, workerData } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

// Runs in a thread of its own (see judge-apart.ts): says whether more than 10^8 guesses are needed.

const { passphrase, own } = workerData as { passphrase: string; own: string[] };
const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
const isStrong = zxcvbn.check(passphrase, own).score >= 3;
parentPort?.postMessage(isStrong, []);
