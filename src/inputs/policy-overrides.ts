import type { Policy } from "../verdict/policy.ts";
import { POLICY_WORDS } from "../verdict/policy.ts";

/** What options or inputs say of the policy; only what was given. The words have been checked against the table of inputs. */
export function policyOverrides(
  value: (name: string) => string | undefined,
): Partial<Policy> & { readonly profile?: string } {
  const failOn = word(POLICY_WORDS.failOn, value("fail-on"));
  const gate = word(POLICY_WORDS.gate, value("gate"));
  const onOpen = word(POLICY_WORDS.onOpen, value("on-open"));
  const enforcement = word(POLICY_WORDS.enforcement, value("enforcement"));
  const profile = value("profile");
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(gate === undefined ? {} : { gate }),
    ...(onOpen === undefined ? {} : { onOpen }),
    ...(enforcement === undefined ? {} : { enforcement }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function word<T extends string>(words: readonly T[], text: string | undefined): T | undefined {
  return words.find((candidate) => candidate === text);
}
