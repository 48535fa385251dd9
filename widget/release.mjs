// Keeps dist/steunwijzer.js as a version that a site can pin with its fingerprint: released/<version>/steunwijzer.js.
// What was released never changes; when there are more than KEPT, the oldest goes.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const KEPT = 5;
const LIST = "released/integrity.json";

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const { versies: before } = JSON.parse(await readFile(LIST, "utf8"));
const fingerprint = `sha384-${createHash("sha384").update(await readFile("dist/steunwijzer.js")).digest("base64")}`;
if ((before[version] ?? fingerprint) !== fingerprint) throw new Error(`${version} is al uitgegeven en verandert niet meer: verhoog 'version' in package.json`);

const newestFirst = (one, other) => other.localeCompare(one, "en", { numeric: true });
const all = Object.entries({ ...before, [version]: fingerprint }).sort(([one], [other]) => newestFirst(one, other));
await mkdir(`released/${version}`, { recursive: true });
await copyFile("dist/steunwijzer.js", `released/${version}/steunwijzer.js`);
for (const [old] of all.slice(KEPT)) await rm(`released/${old}`, { recursive: true });

const [[versie, newest]] = all;
await writeFile(LIST, `${JSON.stringify({ versie, "steunwijzer.js": newest, versies: Object.fromEntries(all.slice(0, KEPT)) }, null, 2)}\n`);
console.log(`uitgegeven: ${version} (${fingerprint}); bewaard: ${all.slice(0, KEPT).map(([name]) => name).join(", ")}`);
