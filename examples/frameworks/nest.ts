// Protects an API of NestJS with Hydra: a guard for all routes, and a decorator for the scope that a route requires.
//
//   npx tsx examples/frameworks/nest.ts
//
// Also needs: npm install @nestjs/common @nestjs/core @nestjs/platform-express
import { Controller, Get, Module, Post } from "@nestjs/common";
import { APP_GUARD, NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { type AccessTokenInfo, createIntrospector, OAuth2Api } from "hydra-sdk";
import { callOrders, type ServeOrders } from "../support/call-orders.ts";
import { AccessToken, BearerGuard, INTROSPECTOR, RequireScope } from "./nest-guard.ts";

@Controller("orders")
class OrdersController {
  @Get()
  @RequireScope("orders.read")
  list(@AccessToken() { clientId, subject }: AccessTokenInfo) {
    return { clientId, subject };
  }

  @Post()
  @RequireScope("orders.write")
  create() {}
}

@Module({
  controllers: [OrdersController],
  providers: [
    {
      provide: INTROSPECTOR,
      useFactory: (oauth2: OAuth2Api) => createIntrospector(oauth2, { audience: "https://orders.example.com" }),
      inject: [OAuth2Api],
    },
    { provide: APP_GUARD, useClass: BearerGuard },
  ],
})
class OrdersModule {}

export const serveOrders: ServeOrders = async (configuration) => {
  // One API for the whole application; a test provides one that has the `fetch` of a mock.
  const oauth2 = { provide: OAuth2Api, useFactory: () => new OAuth2Api(configuration) };
  const app = await NestFactory.create<NestExpressApplication>(
    { module: OrdersModule, providers: [oauth2] },
    { logger: false },
  );
  await app.listen(0, "127.0.0.1");
  return { origin: await app.getUrl(), close: () => app.close() };
};

await callOrders(serveOrders);
