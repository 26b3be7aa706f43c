import { decode, encode } from "@jridgewell/sourcemap-codec";

/**
 * A source map with the lines alone, which is a quarter of its size: where in a line of the output a line of the source
 * begins. It knows the sources that `isOurs`; what comes from packages is shown as it is in the output.
 *
 * @param map the source map that esbuild wrote
 * @param isOurs whether a source goes in, by its path
 */
export function linesOnly({ sources, sourcesContent, mappings }, isOurs) {
  const ours = sources.flatMap((source, index) => (isOurs(source) ? [index] : []));
  const position = new Map(ours.map((index, at) => [index, at]));
  const lines = decode(mappings).map((segments) => {
    let last;
    return segments.flatMap(([column, index, line, sourceColumn]) => {
      const source = position.get(index);
      const place = source === undefined ? "elsewhere" : `${source}:${line}`;
      if (place === last) return [];
      last = place;
      return [source === undefined ? [column] : [column, source, line, sourceColumn]];
    });
  });
  return {
    version: 3,
    sources: ours.map((index) => sources[index]),
    sourcesContent: ours.map((index) => sourcesContent[index]),
    names: [],
    mappings: encode(lines),
  };
}
