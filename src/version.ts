/** Version of the product; a test holds it equal to package.json, the task and the changelog. */
export const VERSION = "0.1.0";

/** Address of the repository, for links in reports; while it is empty reports carry none. */
export const REPOSITORY_URL: string = "";
