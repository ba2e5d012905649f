import { xml } from "../../src/render/escape.ts";
import type { ZipEntry } from "./zip.ts";

/** `task/vss-extension.json`. Paths are relative to its folder. */
export interface ExtensionManifest {
  readonly manifestVersion: number;
  readonly id: string;
  readonly publisher: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly targets: readonly { readonly id: string }[];
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly icons: { readonly default: string };
  readonly content: { readonly details: { readonly path: string } };
  readonly files: readonly { readonly path: string; readonly packagePath: string }[];
  readonly contributions: readonly {
    readonly id: string;
    readonly type: string;
    readonly targets: readonly string[];
    readonly properties: { readonly name: string };
  }[];
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".cjs": "application/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".png": "image/png",
  ".txt": "text/plain",
  ".vsixmanifest": "text/xml",
  ".vsomanifest": "application/json",
};

/**
 * The files of an extension package: what `payload` brings, and the three manifests that the Marketplace reads.
 *
 * @see https://learn.microsoft.com/azure/devops/extend/develop/manifest
 */
export function vsixEntries(manifest: ExtensionManifest, payload: readonly ZipEntry[]): readonly ZipEntry[] {
  const { manifestVersion, contributions } = manifest;
  const extension = { manifestVersion, contributions, scopes: [], contributionTypes: [] };
  const own = [
    textEntry("extension.vsixmanifest", packageManifest(manifest)),
    textEntry("extension.vsomanifest", `${JSON.stringify(extension, null, 2)}\n`),
  ];
  const entries = [...own, ...payload];
  return [textEntry("[Content_Types].xml", contentTypes(entries)), ...entries];
}

function textEntry(name: string, text: string): ZipEntry {
  return { name, data: Buffer.from(text, "utf8") };
}

function packageManifest(manifest: ExtensionManifest): string {
  const { id, publisher, version, name, description, categories, tags, targets, icons, content } = manifest;
  const assets = [
    ["Microsoft.VisualStudio.Services.Icons.Default", icons.default],
    ["Microsoft.VisualStudio.Services.Content.Details", content.details.path],
    ["Microsoft.VisualStudio.Services.Manifest", "extension.vsomanifest"],
  ] as const;
  const assetLines = assets.map(
    ([type, path]) => `    <Asset Type="${type}" d:Source="File" Path="${xml(path)}" Addressable="true"/>`,
  );
  const targetLines = targets.map((target) => `    <InstallationTarget Id="${xml(target.id)}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(id)}" Publisher="${xml(publisher)}" Version="${xml(version)}"/>
    <DisplayName>${xml(name)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <GalleryFlags/>
    <Categories>${xml(categories.join(","))}</Categories>
    <Tags>${xml(tags.join(","))}</Tags>
    <Icon>${xml(icons.default)}</Icon>
  </Metadata>
  <Dependencies/>
  <Installation>
${targetLines.join("\n")}
  </Installation>
  <Assets>
${assetLines.join("\n")}
  </Assets>
</PackageManifest>
`;
}

function contentTypes(entries: readonly ZipEntry[]): string {
  const endings = [...new Set(entries.map(({ name }) => name.slice(name.lastIndexOf("."))))].sort();
  const lines = endings.map((ending) => {
    const type = CONTENT_TYPES[ending];
    if (type === undefined) throw new Error(`the content type of ${ending} files is not known`);
    return `  <Default Extension="${ending}" ContentType="${type}"/>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${lines.join("\n")}
</Types>
`;
}
