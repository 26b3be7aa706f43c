/** The most letters that a misspelling has wrong. */
const MAX_DISTANCE = 2;

/** The candidate that `name` is most likely a misspelling of, if any is near. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.min(MAX_DISTANCE, candidate.length / 3));
  return near.sort((one, other) => one.distance - other.distance)[0]?.candidate;
}

/** The Levenshtein distance: how many letters are to be inserted, deleted or replaced. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const above = row;
    row = [i + 1];
    for (let j = 0; j < other.length; j++)
      row.push(Math.min(above[j + 1]! + 1, row[j]! + 1, above[j]! + (letter === other[j] ? 0 : 1)));
  }
  return row.at(-1)!;
}
