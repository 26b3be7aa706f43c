/** Whether a text has characters that stand for others. */
export const isPattern = (text: string): boolean => text.includes("*");

/** What a text must be: the same, or one that fits where `*` stands for any characters. */
export function matcher(pattern: string): (text: string) => boolean {
  if (!isPattern(pattern)) return (text) => text === pattern;
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "su");
  return (text) => expression.test(text);
}
