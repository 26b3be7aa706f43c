// The documentation site: `npm run site` builds it into site/.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Documents of the repository that are pages of the site under another path. */
const PAGES = { "ARCHITECTURE.md": "/internals", "CHANGELOG.md": "/changes", "SECURITY.md": "/safety" };

/** The anchors of GitHub, so that a link works there and on the site. */
const slugify = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** A title counts more than text. A page with one of the words is found, too, behind those with all of them. */
export const searchOptions = { boost: { title: 4, titles: 2, text: 1 } };

/** Pages with tables of many columns, which take the place of the outline. */
const WIDE = ["comparison.md", "operations.md", "tasks.md", "versions.md"];

/** Returns where the site has what a link of a document leads to outside docs/, and other links as they are. */
function onTheSite(href, page) {
  const [path, anchor] = href.split("#");
  if (/^(\w+:|\/|#|$)/.test(path)) return href;
  const file = posix.normalize(posix.join("docs", posix.dirname(page), path));
  const target =
    PAGES[file] ?? (file.startsWith("examples/") && existsSync(root + file) ? examplePage(file) : undefined);
  return target ? `${target}${anchor ? `#${anchor}` : ""}` : href;
}

/** The page of an example: VitePress would take the end of its name for the kind of the page. */
const examplePage = (file) => `/${file.replaceAll(".", "-")}`;

export default defineConfig({
  title: "hydra-sdk",
  description: "A typed SDK, a command line and a console for Ory Hydra and Ory Network",
  lang: "en",
  head: [["link", { rel: "icon", href: "data:," }]],
  outDir: "../site",
  cacheDir: "../node_modules/.cache/vitepress",
  srcExclude: ["api/**", "releasing.md"],
  cleanUrls: false,
  // The API reference is built by typedoc, into the same folder.
  ignoreDeadLinks: [/^\/api\//],
  transformPageData({ relativePath, frontmatter }) {
    if (WIDE.includes(relativePath)) Object.assign(frontmatter, { aside: false, pageClass: "wide" });
  },
  markdown: {
    anchor: { slugify },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config(markdown) {
      markdown.core.ruler.push("links-on-the-site", ({ tokens, env }) => {
        const page = env.relativePath ?? "";
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          if (token.type === "link_open") token.attrSet("href", onTheSite(token.attrGet("href"), page));
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: "Guides", link: "/tasks" },
      { text: "Troubleshooting", link: "/troubleshooting" },
      { text: "Recipes", link: "/recipes" },
      { text: "Command line", link: "/cli" },
      { text: "API", link: "/api/index.html", target: "_self" },
    ],
    sidebar: [
      {
        text: "Begin",
        items: [
          { text: "Getting started", link: "/start" },
          { text: "What do you want to do?", link: "/tasks" },
          { text: "Troubleshooting", link: "/troubleshooting" },
          { text: "Comparison", link: "/comparison" },
          { text: "Migrating", link: "/migration" },
        ],
      },
      {
        text: "Guides",
        items: [
          { text: "Clients", link: "/guides/clients" },
          { text: "Clients as code", link: "/clients-as-code" },
          { text: "MCP servers", link: "/mcp" },
          { text: "Dynamic registration", link: "/guides/registration" },
          { text: "Tokens", link: "/guides/tokens" },
          { text: "Signing users in", link: "/guides/sign-in" },
          { text: "Protecting an API", link: "/guides/protect-an-api" },
          { text: "Keys and sessions", link: "/guides/keys-and-sessions" },
          { text: "In production", link: "/guides/production" },
          { text: "Testing", link: "/guides/testing" },
          { text: "Ory Network", link: "/network" },
        ],
      },
      {
        text: "Tools",
        items: [
          { text: "The mock", link: "/mock" },
          { text: "The console", link: "/console" },
          { text: "Recipes", link: "/recipes" },
        ],
      },
      {
        text: "Reference",
        items: [
          { text: "API reference", link: "/api/index.html", target: "_self" },
          { text: "Operations", link: "/operations" },
          { text: "Command line", link: "/cli" },
          { text: "Versions of Hydra", link: "/versions" },
          { text: "Registration in detail", link: "/dynamic-registration" },
          { text: "Security", link: "/safety" },
          { text: "Architecture", link: "/internals" },
          { text: "Changelog", link: "/changes" },
        ],
      },
    ],
    search: {
      provider: "local",
      options: { miniSearch: { searchOptions } },
    },
    outline: [2, 3],
  },
});
