// Protects the routes of a NestJS application with Hydra, on the platforms of Express and of Fastify.
//
//   npx tsx examples/frameworks/nest.ts    serves an API with it, and calls that
//
// Also needs: npm install @nestjs/common @nestjs/core
import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  Logger,
} from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { type AccessTokenGuard, type AccessTokenInfo, isAccessTokenError, isResponseError } from "hydra-sdk";

/** The scope that a route or a controller requires. Without it, a route requires an access token. */
export const RequireScope = Reflector.createDecorator<string>();

/** What the access token of the request says. */
export const AccessToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): AccessTokenInfo => context.switchToHttp().getRequest().accessToken,
);

/** Provide what `createIntrospector` returns under this token. */
export const INTROSPECTOR = Symbol("introspector");

/** Provide it as `APP_GUARD` to protect all routes. */
@Injectable()
export class BearerGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #introspect: AccessTokenGuard;

  // @Inject replaces emitDecoratorMetadata, which tsx and esbuild do not support.
  constructor(@Inject(Reflector) reflector: Reflector, @Inject(INTROSPECTOR) introspect: AccessTokenGuard) {
    this.#reflector = reflector;
    this.#introspect = introspect;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest(), http.getResponse()];
    const requiredScope = this.#reflector.getAllAndOverride(RequireScope, [context.getHandler(), context.getClass()]);
    try {
      request.accessToken = await this.#introspect(request.headers.authorization, { requiredScope });
      return true;
    } catch (error) {
      if (isAccessTokenError(error)) {
        response.header("WWW-Authenticate", error.challenge());
        throw new HttpException({ error: error.problem }, error.status);
      }
      // Hydra could not be asked. Clients are not told why.
      new Logger(BearerGuard.name).error(error);
      if (isResponseError(error) && error.retryAfter) response.header("Retry-After", `${Math.ceil(error.retryAfter)}`);
      throw new HttpException({ error: "temporarily_unavailable" }, 503, { cause: error });
    }
  }
}
