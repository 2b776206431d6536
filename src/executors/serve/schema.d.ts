import type { ProxySettings } from '../../serve/proxy/proxy.js';
import type { LambdaSettings } from '../../serve/lambda/function-settings.js';
import type { ReadyWhen } from '../../serve/ready/ready-when.js';

/** Options of `nx-gopher:serve`, see schema.json. */
export interface ServeExecutorOptions {
  readonly buildTarget?: string;
  readonly args?: readonly string[] | string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly grace?: number;
  readonly readyWhen?: ReadyWhen;
  readonly proxy?: ProxySettings;
  readonly lambda?: LambdaSettings | boolean;
  readonly debug?: boolean;
  readonly debugPort?: number;
  readonly fastPath?: boolean;
  readonly verifyFastPath?: boolean;
  readonly verbose?: boolean;
}
