import { type Command, command } from "../command.ts";
import { diagnose, type Finding } from "../diagnosis.ts";
import { STATUS } from "../failure.ts";
import { boolean } from "../flags.ts";
import { wrap } from "../help.ts";
import type { Columns } from "../output.ts";
import { painter, printable } from "../terminal.ts";

const COLUMNS: Columns<Finding> = [
  { title: "CHECK", value: ({ check }) => check },
  { title: "LEVEL", value: ({ level }) => level },
  { title: "FOUND", value: ({ found }) => found },
  { title: "FIX", value: ({ fix }) => fix },
];

const SIGNS = { ok: ["ok  ", "green"], warning: ["warn", "yellow"], failure: ["FAIL", "red"] } as const;

export const doctor: Command = command({
  verb: "doctor",
  summary: "Say where requests go and whether that works",
  details:
    "It changes nothing; --probe registers a client and deletes it at once. The exit status is 1 if something would fail.",
  examples: [
    ["hydra-sdk doctor", "the settings of this shell"],
    [
      "hydra-sdk doctor --public https://auth.example.com --admin http://127.0.0.1:4445 --probe",
      "a server of your own",
    ],
  ],
  flags: { probe: boolean("register a client and delete it, to see the scope that registration gives by default") },
  async run(context) {
    const { flags, io, output } = context;
    let hasFailed = false;
    const findings = async function* () {
      for await (const finding of diagnose(context, flags.probe ?? false)) {
        hasFailed ||= finding.level === "failure";
        yield [finding];
      }
    };
    if (output.format.kind === "table") {
      const paint = painter(io.stdout, io.env);
      for await (const [{ check, level, found, fix }] of findings() as AsyncIterable<[Finding]>) {
        const [sign, colour] = SIGNS[level];
        const text = `${check.padEnd(12)} ${printable(found)}`;
        const advice = fix === undefined ? [] : fix.split("\n").flatMap((line) => wrap(printable(line), 70));
        const lines = [
          ...wrap(text, io.stdout.width - 8),
          ...advice.map((line, i) => `${i === 0 ? "→" : " "} ${line}`),
        ];
        await io.stdout.write(`${paint(colour, sign)}  ${lines.join("\n      ")}\n`);
      }
    } else await output.list(findings(), COLUMNS);
    return hasFailed ? STATUS.refused : STATUS.done;
  },
});
