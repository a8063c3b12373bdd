// usage: node look.mjs FOLDER [PICTURES]: opens each page and each SVG of FOLDER in headless Chromium, at 360, 480 and
// 1280 pixels, light and dark, with and without script, and reports console errors, text boxes that overlap, text that leaves
// its picture, tables that no click sorts, and what axe-core finds serious (contrast among it). With PICTURES it
// writes a PNG of each there. Exit 77: skipped, there is no Chromium, or the npm packages aren't installed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const puppeteer = await import("puppeteer-core").then((module) => module.default, () => null);
if (!chromium || !puppeteer) {
  console.log("no Chromium here, or no npm packages");
  process.exit(77);
}
const [folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
let failures = 0;
const fail = (where, what) => (failures++, console.log(`${where}: ${what}`));

// Pairs of texts of one picture that cover each other, and texts that leave it.
const misplaced = () =>
  [...document.querySelectorAll("svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) return [];
    const boxes = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const found = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1).map(([text]) => `"${text}" leaves the picture`);
    boxes.forEach(([one, a], i) =>
      boxes.slice(i + 1).forEach(([other, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 3) found.push(`"${one}" overlaps "${other}"`);
      }));
    return found;
  });

for (const name of readdirSync(folder).filter((file) => /\.(html|svg)$/.test(file)))
  for (const width of [360, 480, 1280])
    for (const scheme of ["light", "dark"])
      for (const script of name.endsWith(".html") && width === 1280 ? [true, false] : [true]) {
        const where = `${name} at ${width}, ${scheme}${script ? "" : ", without script"}`;
        const page = await browser.newPage();
        await page.setJavaScriptEnabled(script);
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        page.on("console", (message) => message.type() === "error" && fail(where, message.text()));
        page.on("pageerror", (error) => fail(where, error.message));
        const path = "file://" + resolve(folder, name);
        if (name.endsWith(".svg")) await page.setContent(`<!DOCTYPE html><html lang="en"><title>${name}</title><body style="margin:0">${readFileSync(join(folder, name), "utf8")}</body></html>`);
        else await page.goto(path);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}${script ? "" : "-plain"}.png`), fullPage: true });
        if (script) {
          for (const text of await page.evaluate(misplaced)) if (name.endsWith(".html") || width > 480) fail(where, text);
          if (name.endsWith(".html") && width !== 480) {
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => axe.run());
            for (const v of violations.filter((one) => ["serious", "critical"].includes(one.impact)))
              fail(where, `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`);
            const sorted = await page.evaluate(() => {
              const button = document.querySelector("thead th.n button");
              if (!button) return true;
              button.click();
              const table = button.closest("table"), column = button.closest("th").cellIndex;
              const values = [...table.tBodies[0].rows].map((row) => Number(row.cells[column].dataset.value));
              return values.every((value, i) => i === 0 || values[i - 1] <= value);
            });
            if (!sorted) fail(where, "a click on a table's head doesn't sort it");
          }
        }
        await page.close();
      }
await browser.close();
console.log(failures ? `${failures} findings` : "no findings");
process.exit(failures ? 1 : 0);
