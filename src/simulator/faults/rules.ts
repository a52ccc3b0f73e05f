import type { Random } from "../random.ts";

/** How often a rule strikes: on every match, or with a probability, and no more than so many times. */
export interface Frequency {
  /** Strikes this many times, then the rule is used up. Default: for ever. */
  times?: number | undefined;
  /** Between 0 and 1. Default 1. */
  probability?: number | undefined;
}

export type Rule<What> = What & Frequency & { id: string; struck: number };

/** A list of misbehaviours that can be changed while the platform runs. The oldest rule that strikes is taken. */
export interface Rules<What> {
  add(rule: What & Frequency): Rule<What>;
  list(): Rule<What>[];
  remove(id: string): boolean;
  clear(): void;
  /** Throws the dice for the rules that match; the first that strikes is counted and returned. */
  strike(matches: (rule: Rule<What>) => boolean): Rule<What> | undefined;
}

export function createRules<What extends object>(random: Random): Rules<What> {
  let rules: Rule<What>[] = [];
  let nextId = 1;
  const strikes = (rule: Rule<What>) =>
    rule.probability === undefined || random.fraction() < rule.probability;
  const usedUp = (rule: Rule<What>) => rule.times !== undefined && rule.struck >= rule.times;

  return {
    add: (what) => {
      const rule = { ...what, id: `rule-${nextId++}`, struck: 0 };
      rules.push(rule);
      return rule;
    },
    list: () => rules.map((rule) => ({ ...rule })),
    remove: (id) => {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear: () => {
      rules = [];
    },
    strike: (matches) => {
      const struck = rules.find((rule) => !usedUp(rule) && matches(rule) && strikes(rule));
      if (struck !== undefined) struck.struck += 1;
      return struck;
    },
  };
}
