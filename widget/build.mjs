// Builds dist/steunwijzer.js: one ES module, styles included as text for a constructed stylesheet.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const MAX_GZIP_BYTES = 25_000;
const OUT = "dist/steunwijzer.js";

const minifiedCss = {
  name: "css-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: ["src/index.ts"],
  outfile: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [minifiedCss],
});

const size = gzipSync(await readFile(OUT)).length;
console.log(`${OUT}: ${size} bytes gzip`);
if (size > MAX_GZIP_BYTES) throw new Error(`te groot: meer dan ${MAX_GZIP_BYTES} bytes gzip`);
