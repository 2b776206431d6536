import type { LambdaEvent } from './events.js';

export interface HandlerGeneratorSchema {
  /** Directory of the main package. */
  path: string;
  kind: 'lambda' | 'http' | 'cli' | 'worker';
  /** What a Lambda function is invoked with; asked for by default, and apigw-http where nobody can answer. */
  event?: LambdaEvent;
  /** Path of the module to make where the directory belongs to none. */
  module?: string;
}
