import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { yaml, yamlFiles } from "./files.ts";

const text = { type: "string", minLength: 1 };
const flag = { type: "boolean" };

/** The schema of a form element with its attributes and those that are required. */
const element = (type: string, attributes: object, required: string[]) => ({
  type: "object",
  properties: {
    type: { const: type },
    id: { type: "string", pattern: "^[A-Za-z][\\w-]*$" },
    attributes: { type: "object", properties: attributes, required, additionalProperties: false },
    validations: { type: "object", properties: { required: flag }, additionalProperties: false },
  },
  required: ["type", "attributes"],
  additionalProperties: false,
});

const described = { label: text, description: text };

/** The part of GitHub's form syntax that we use. */
const form = {
  type: "object",
  properties: {
    name: text,
    description: text,
    labels: { type: "array", items: text },
    body: {
      type: "array",
      items: {
        type: "object",
        required: ["type"],
        discriminator: { propertyName: "type" },
        oneOf: [
          element("markdown", { value: text }, ["value"]),
          element("input", { ...described, placeholder: text }, ["label"]),
          element("textarea", { ...described, placeholder: text, render: text }, ["label"]),
          element(
            "dropdown",
            { ...described, options: { type: "array", items: text, minItems: 2, uniqueItems: true } },
            ["label", "options"],
          ),
        ],
      },
      contains: { type: "object", properties: { type: { not: { const: "markdown" } } } },
    },
  },
  required: ["name", "description", "body"],
  additionalProperties: false,
};

const chooser = {
  type: "object",
  properties: {
    blank_issues_enabled: flag,
    contact_links: {
      type: "array",
      items: {
        type: "object",
        properties: { name: text, url: { type: "string", format: "uri", pattern: "^https://" }, about: text },
        required: ["name", "url", "about"],
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

const ajv = new Ajv2020({ allErrors: true, discriminator: true });
addFormats.default(ajv);
const problems = (schema: object, value: unknown) => {
  const validate = ajv.compile(schema);
  validate(value);
  return validate.errors ?? [];
};

const folder = ".github/ISSUE_TEMPLATE";
const forms = yamlFiles(folder).filter((path) => !path.endsWith("/config.yml"));

describe.each(forms)("%s", (path) => {
  const { body, ...rest } = yaml(path);
  const questions: any[] = body.filter(({ type }: { type: string }) => type !== "markdown");

  it("is a form that GitHub accepts", () => {
    expect(problems(form, { ...rest, body })).toEqual([]);
  });

  it("asks each question once, and requires an answer to at least one", () => {
    for (const key of ["id", "label"]) {
      const values = questions.map(({ id, attributes }) => (key === "id" ? id : attributes.label));
      expect(new Set(values).size).toBe(questions.length);
    }
    expect(questions.filter(({ validations }) => validations?.required)).not.toEqual([]);
  });
});

it("no two forms have the same name", () => {
  const names = forms.map((path) => yaml(path).name);
  expect(new Set(names).size).toBe(names.length);
});

it("the chooser is one that GitHub accepts", () => {
  expect(problems(chooser, yaml(`${folder}/config.yml`))).toEqual([]);
});
