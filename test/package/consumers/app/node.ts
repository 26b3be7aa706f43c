// Code that uses the entry for Node, which requires Node's types.
import { createMockHydra } from "hydra-sdk/mock";
import { type ListeningMock, listen } from "hydra-sdk/mock/node";

export async function serve(): Promise<ListeningMock> {
  const first: ListeningMock = await listen(createMockHydra());
  await first.close();
  return listen({ publicPort: 0, adminPort: 0, corsOrigins: ["https://app.example"] });
}
