/** The events that a Lambda function can be made for; each has a sample in files/lambda/events. */
export const LAMBDA_EVENTS = [
  'apigw-http',
  'apigw-rest',
  'alb',
  'sqs',
  'sns',
  's3',
  'dynamodb',
  'eventbridge',
  'schedule',
  'kinesis',
  'custom',
] as const;

export type LambdaEvent = (typeof LAMBDA_EVENTS)[number];

/** How the function for an event is generated. */
export interface EventTemplates {
  /** Folders of files/lambda, whose files make up the function, with those of `function` and the event's sample. */
  readonly folders: readonly string[];
  /** What the templates of these folders are filled with. */
  readonly substitutions: Readonly<Record<string, unknown>>;
}

/** Where the events come from, as the function's doc comment says it. */
const SOURCES: Readonly<Record<LambdaEvent, string>> = {
  'apigw-http': 'requests to an HTTP API of API Gateway',
  'apigw-rest': 'requests to a REST API of API Gateway',
  alb: 'requests to an Application Load Balancer',
  sqs: 'messages of an SQS queue',
  sns: 'messages of an SNS topic',
  s3: 'changes in an S3 bucket',
  dynamodb: 'changes in a DynamoDB table',
  eventbridge: 'events of EventBridge',
  schedule: 'an EventBridge schedule',
  kinesis: 'records of a Kinesis data stream',
  custom: 'events of its own',
};

const EVENT_TEMPLATES: Readonly<Record<LambdaEvent, EventTemplates>> = {
  'apigw-http': web({
    request: 'APIGatewayV2HTTPRequest',
    response: 'APIGatewayV2HTTPResponse',
    method: 'RequestContext.HTTP.Method',
    path: 'RawPath',
    payload: (method) => `{"rawPath":"/hello","requestContext":{"http":{"method":"${method}"}}}`,
  }),
  'apigw-rest': web({
    request: 'APIGatewayProxyRequest',
    response: 'APIGatewayProxyResponse',
    method: 'HTTPMethod',
    path: 'Path',
    payload: (method) => `{"path":"/hello","httpMethod":"${method}"}`,
  }),
  alb: web({
    request: 'ALBTargetGroupRequest',
    response: 'ALBTargetGroupResponse',
    method: 'HTTPMethod',
    path: 'Path',
    encodedQuery: true,
    payload: (method) => `{"path":"/hello","httpMethod":"${method}"}`,
  }),
  sqs: messages({
    request: 'SQSEvent',
    record: 'SQSMessage',
    id: 'MessageId',
    payload: '[]byte(record.Body)',
    broken: '{"Records":[{"messageId":"m1","body":"hello"}]}',
    retried: batch('messages that failed', 'queue', 'SQSEventResponse'),
  }),
  sns: messages({
    request: 'SNSEvent',
    record: 'SNSEventRecord',
    id: 'SNS.MessageID',
    payload: '[]byte(record.SNS.Message)',
    broken: '{"Records":[{"Sns":{"MessageId":"m1","Message":"hello"}}]}',
    retried: ['// handle takes every message. An error makes Lambda invoke the function again with the whole event.'],
  }),
  kinesis: messages({
    request: 'KinesisEvent',
    record: 'KinesisEventRecord',
    id: 'EventID',
    payload: 'record.Kinesis.Data',
    broken: '{"Records":[{"eventID":"m1","kinesis":{"data":"aGVsbG8="}}]}',
    retried: batch('records from the failed one on', 'stream', 'KinesisEventResponse'),
  }),
  s3: invoked('s3', 'event=ObjectCreated:Put bucket=acme-uploads key="2025/my order.csv"', {
    name: 'no key',
    payload: '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"}}}]}',
    error: 'ObjectCreated:Put in b: the object has no key',
  }),
  dynamodb: invoked('dynamodb', 'msg="item written" id=c4ca4238a0b923820dcc509a6f75849b attributes=3', {
    name: 'unknown event name',
    payload: '{"Records":[{"eventID":"r1","eventName":"DROP"}]}',
    error: 'record r1: the event name',
  }),
  eventbridge: invoked('eventbridge', 'source=com.example.greetings type=Greeting text=hello', {
    name: 'other detail',
    payload: '{"id":"e1","detail":[]}',
    error: 'decode the detail of event e1',
  }),
  schedule: invoked('schedule', 'msg=due time=2025-04-21T15:00:00.000Z', {
    name: 'no time',
    payload: '{"id":"e1"}',
    error: 'event e1 has no time',
  }),
  custom: { folders: ['custom'], substitutions: {} },
};

/** The templates of the function for an event. */
export function eventTemplates(event: LambdaEvent): EventTemplates {
  const { folders, substitutions } = EVENT_TEMPLATES[event];
  return {
    folders: ['function', ...folders, `events/${event}`],
    substitutions: { ...substitutions, source: SOURCES[event] },
  };
}

interface WebEvent {
  readonly request: string;
  readonly response: string;
  readonly method: string;
  readonly path: string;
  /** Whether the parameters of the query arrive as they stand in the URL. */
  readonly encodedQuery?: boolean;
  readonly payload: (method: string) => string;
}

/** A function that answers requests; types and fields are those of the package events. */
function web({ payload, encodedQuery = false, ...types }: WebEvent): EventTemplates {
  return { folders: ['web'], substitutions: { ...types, encodedQuery, get: payload('GET'), post: payload('POST') } };
}

interface MessageEvent {
  readonly request: string;
  readonly record: string;
  readonly id: string;
  readonly payload: string;
  /** An event with a record `m1` whose message is not JSON. */
  readonly broken: string;
  /** The doc comment that says what is done again after an error. */
  readonly retried: readonly string[];
}

/** A function that takes JSON messages one by one. */
function messages({ broken, retried, ...types }: MessageEvent): EventTemplates {
  const error = 'record m1: decode the message';
  const test = invoked('messages', 'text=hello', { name: 'no JSON', payload: broken, error });
  return {
    folders: test.folders,
    substitutions: { ...test.substitutions, ...types, handleComment: retried.join('\n') },
  };
}

function batch(failed: string, source: string, response: string): string[] {
  return [
    '// handle takes every record. When one fails, the error makes Lambda hand the whole batch on again; for the',
    `// ${failed} only, turn ReportBatchItemFailures on for the ${source} and return an`,
    `// events.${response}.`,
  ];
}

interface BrokenEvent {
  readonly name: string;
  readonly payload: string;
  readonly error: string;
}

/** A function that returns nothing but an error; its test reads in the log what it did with the sample. */
function invoked(folder: string, log: string, broken: BrokenEvent): EventTemplates {
  return { folders: [folder, 'invoked'], substitutions: { log, broken } };
}
