import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What kills the program again and again takes minutes in a file of a few lines, and a fresh clone knows only sizes: begun
 * last, it would leave one core waiting for the other.
 */
class KillFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kills = ({ moduleId }: TestSpecification) => moduleId.includes("/test/faults/");
    const asEver = await super.sort(files);
    return [...asEver.filter(kills), ...asEver.filter((file) => !kills(file))];
  }
}

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    exclude: ["test/journeys/**"],
    // One for each core; left alone, vitest keeps one core for itself, and most of what we wait for is the disk.
    maxWorkers: "100%",
    sequence: { sequencer: KillFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
