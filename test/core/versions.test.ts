import { describe, expect, it } from "vitest";
import { FEATURES, type Feature, HYDRA_VERSIONS, hasFeature, knownVersion } from "../../src/core/versions.ts";
import { operations } from "../support/openapi.ts";

describe("knownVersion", () => {
  it.each([
    ["v2.3.0", "2.3"],
    ["2.3.1", "2.3"],
    ["v25.4.0", "25.4"],
    ["v26.2.0-rc.1", "26.2"],
    ["v26.2", "26.2"],
  ])("maps %s to %s", (name, version) => {
    expect(knownVersion(name)).toBe(version);
  });

  it("maps a release between two versions to the earlier one, and a release before all versions to the oldest one", () => {
    expect(["v2.10.0", "v25.3.9", "v26.1.4"].map(knownVersion)).toEqual(["2.3", "2.3", "25.4"]);
    expect(["v2.2.0", "v1.11.10"].map(knownVersion)).toEqual(["2.3", "2.3"]);
  });

  it.each(["v26.3.0", "v27.0.0", "v100.1.0", "master", "dev", "", "83127c575"])(
    "maps %j to the newest version",
    (name) => {
      expect(knownVersion(name)).toBe("master");
    },
  );
});

describe("hasFeature", () => {
  it("is true from the version that introduced a feature", () => {
    const versionsWith = (feature: Feature) => HYDRA_VERSIONS.filter((version) => hasFeature(version, feature));
    expect(versionsWith("deviceFlow")).toEqual(["25.4", "26.2", "master"]);
    expect(versionsWith("secretRotation")).toEqual(["master"]);
  });
});

it("features name existing operations, each of them once", () => {
  const named = Object.values(FEATURES).flatMap(({ operations = [] }) => operations);
  expect(operations.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
  expect(new Set(named).size).toBe(named.length);
});
