// Builds dist/steunwijzer.js (one ES module, styles included as text for a constructed stylesheet) and the demo's copy of the free Voorbeeld theme.
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const MAX_GZIP_BYTES = 25_000;
const OUT = "dist/steunwijzer.js";
const THEME = "@nl-design-system-unstable/voorbeeld-design-tokens";

const minifiedCss = {
  name: "css-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      // esbuild leaves the spaces in values of custom properties; none of ours is a text.
      return { contents: code.trim().replace(/\s+/g, " ").replace(/([:(,]) | (?=\))/g, "$1"), loader: "text" };
    });
  },
};

/** Only the variables that the chat and the demo ask for, and those these refer to. */
async function voorbeeldTheme(...askedBy) {
  const defined = new Map([...(await readFile(`node_modules/${THEME}/dist/theme.css`, "utf8")).matchAll(/^ {2}(--[\w-]+): (.*);/gm)].map(([, name, value]) => [name, value]));
  const named = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);
  const asked = (await Promise.all(askedBy.map((path) => readFile(path, "utf8")))).flatMap(named);
  const used = new Set();
  for (const name of asked) {
    if (!defined.has(name) || used.has(name)) continue;
    used.add(name);
    asked.push(...named(defined.get(name)));
  }
  const { version, license } = JSON.parse(await readFile(`node_modules/${THEME}/package.json`, "utf8"));
  const lines = [...used].sort().map((name) => `  ${name}: ${defined.get(name)};`);
  return `/* Part of ${THEME} ${version}, ${license}. Made by widget/build.mjs. */\n.voorbeeld-theme {\n  --demo-wapen: #154273;\n${lines.join("\n")}\n}\n`;
}

const { outputFiles } = await build({
  entryPoints: ["src/index.ts"],
  outfile: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [minifiedCss],
  write: false,
});

// A second look makes it half a kilobyte smaller; so do short names for the custom properties that are ours alone (--_…).
const own = [];
const short = (name) => `--${(own.includes(name) ? own.indexOf(name) : own.push(name) - 1).toString(36)}`;
const smaller = await minify(outputFiles[0].text.replace(/--_[a-z-]+/g, short), { module: true, ecma: 2022, compress: { passes: 3 } });
const code = Buffer.from(smaller.code);
await writeFile(OUT, code);
await writeFile("pages/demo/thema-voorbeeld.css", await voorbeeldTheme("src/styles/tokens.css", "pages/demo/demo.css"));

const size = gzipSync(code).length;
console.log(`${OUT}: ${size} bytes gzip`);
if (size > MAX_GZIP_BYTES) throw new Error(`te groot: meer dan ${MAX_GZIP_BYTES} bytes gzip`);
