/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

/** A line of both texts, or of the one before (`-`) or after (`+`). */
interface Line {
  sign: " " | "-" | "+";
  text: string;
}

/** The difference of two texts, as `diff -u` prints it. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const lines = compare(before.split("\n"), after.split("\n"));
  const output = [`--- ${name}`, `+++ ${name}`];
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== " "),
  );
  let [oldLine, newLine] = [1, 1];
  for (const [index, { sign, text }] of lines.entries()) {
    if (isNear[index] && !isNear[index - 1]) {
      const end = isNear.indexOf(false, index);
      const hunk = lines.slice(index, end === -1 ? undefined : end);
      const count = (other: string) => hunk.filter((line) => line.sign !== other).length;
      output.push(`@@ -${oldLine},${count("+")} +${newLine},${count("-")} @@`);
    }
    if (isNear[index]) output.push(sign + text);
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
  }
  return output.join("\n");
}

/** The lines of both texts in order, by their longest common subsequence. */
function compare(before: string[], after: string[]): Line[] {
  // lengths[i][j] is that of before[i…] and after[j…].
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const isSame = before[i] === after[j];
      lengths[i]![j] = isSame ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push({ sign: " ", text: before[i]! });
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      lines.push({ sign: "-", text: before[i]! });
      i += 1;
    } else {
      lines.push({ sign: "+", text: after[j]! });
      j += 1;
    }
  }
  return lines;
}
