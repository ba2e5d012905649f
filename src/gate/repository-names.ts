import { isAbsolute, posix, relative, sep } from "node:path";
import type { Location, Plan } from "../plan/plan.ts";
import type { LoadedTarget } from "../sources/loaded-target.ts";

interface Folders {
  readonly workspace: string;
  readonly workingDirectory: string;
}

/**
 * The target with the files of its findings as the repository names them. Paths of a run start in its working directory; annotations, code
 * scanning and links start at the top of the checkout.
 */
export function withRepositoryNames(target: LoadedTarget, { workspace, workingDirectory }: Folders): LoadedTarget {
  const folder = relative(workspace, workingDirectory).split(sep).join("/");
  if (target.plan === null || folder === "") return target;
  return { ...target, plan: renamed(target.plan, (file) => posix.join(folder, file)) };
}

function renamed(plan: Plan, toName: (file: string) => string): Plan {
  const move = (location: Location): Location => {
    const { file, related } = location;
    const isRelative = file !== null && !isAbsolute(file) && !/^(?:br|ts):/.test(file);
    return {
      ...location,
      file: isRelative ? toName(file) : file,
      ...(related === undefined ? {} : { related: related.map(move) }),
    };
  };
  return { ...plan, locate: (resource, path) => move(plan.locate(resource, path)) };
}
