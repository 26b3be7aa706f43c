import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ROOMS } from "../../.dependency-cruiser.mjs";

const root = new URL("../../", import.meta.url);

test("the table of rooms in ARCHITECTURE.md is the one that the dependency check enforces", () => {
  const document = readFileSync(new URL("ARCHITECTURE.md", root), "utf8");
  const rows = [...document.matchAll(/^\| `(src\/[^`]+)` \| (nothing|`src\/.*`) \|$/gm)];
  const table = rows.map(([, room, allowed]) => [room, [...allowed!.matchAll(/`([^`]+)`/g)].map(([, path]) => path)]);
  expect(table).toEqual(Object.entries(ROOMS));
});

test("every folder of the source is a room", () => {
  const folders = ["src/", "src/mock/", "src/console/"].flatMap((parent) =>
    readdirSync(new URL(parent, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${parent}${name}/`),
  );
  const rooms = Object.keys(ROOMS).filter((room) => room.endsWith("/"));
  expect(rooms.sort()).toEqual(folders.filter((folder) => folder !== "src/mock/" && folder !== "src/console/").sort());
});
