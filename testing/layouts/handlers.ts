import { goMod, goTest, type Layout } from './layout.js';

/**
 * The one module that these tests take from the internet: a stand-in would not prove that AWS's own client is served.
 */
export const LAMBDA_MODULE = 'github.com/aws/aws-lambda-go v1.49.0';

export const LAMBDA_SUMS = `github.com/aws/aws-lambda-go v1.49.0 h1:z4VhTqkFZPM3xpEtTqWqRqsRH4TZBMJqTkRiBPYLqIQ=
github.com/aws/aws-lambda-go v1.49.0/go.mod h1:dpMpZgvWx5vuQJfBt0zqBha60q7Dd7RfgJv23DymV8A=
`;

/** The architecture of this machine in Go's words: what is to be run here is packaged for it. */
export const HOST_ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** A Lambda handler of SQS events that answers with a text per message. */
function sqsHandler(imports: readonly string[], answer: string): string {
  const lines = imports.map((path) => `\t"${path}"\n`).join('');
  return `package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

${lines})

func handle(_ context.Context, event events.SQSEvent) ([]string, error) {
	answers := []string{}
	for _, message := range event.Records {
		answers = append(answers, message.MessageId+" "+${answer})
	}
	return answers, nil
}

func main() { lambda.Start(handle) }
`;
}

/** A test that passes as soon as a file is there, and fails where it does not come in time. */
function testThatWaitsFor(packageName: string, path: string): string {
  return `package ${packageName}

import (
	"os"
	"testing"
	"time"
)

func TestComes(t *testing.T) {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat("${path}"); err == nil {
			return
		}
	}
	t.Fatal("${path} did not come")
}
`;
}

function packageOptions(options: object): string {
  return JSON.stringify({ targets: { package: { options } } });
}

/**
 * Three handlers and two libraries: all hold price, refunds holds audit too. The libraries' tests wait for what must
 * not wait for them, the binaries of programs that hold them.
 */
export const HANDLERS: Layout = {
  name: 'handlers',
  mains: ['handlers/orders', 'handlers/refunds', 'handlers/report', 'tools/clock'],
  tests: ['handlers/orders', 'lib/audit', 'lib/price'],
  files: {
    'go.mod': goMod('example.org/shop', '1.24', [LAMBDA_MODULE]),
    'go.sum': LAMBDA_SUMS,
    LICENSE: 'Everybody may use this.\n',
    'lib/price/price.go': 'package price\n\nfunc Of(item string) string { return item + " costs 3" }\n',
    'lib/price/price_test.go': testThatWaitsFor('price', '../../dist/handlers/report/report'),
    'lib/audit/audit.go': 'package audit\n\nfunc Note(text string) string { return "noted: " + text }\n',
    'lib/audit/audit_test.go': testThatWaitsFor(
      'audit',
      `../../dist/handlers/refunds/build-linux-${HOST_ARCHITECTURE}/refunds`,
    ),
    'handlers/orders/main.go': sqsHandler(['example.org/shop/lib/price'], 'price.Of(message.Body)'),
    'handlers/orders/main_test.go': goTest('main', ['example.org/shop/lib/price'], 'price.Of("tea") == "tea costs 3"'),
    'handlers/orders/config/limits.json': '{ "items": 10 }\n',
    'handlers/orders/project.json': packageOptions({
      architecture: HOST_ARCHITECTURE,
      files: ['{projectRoot}/config', { source: 'LICENSE', target: 'legal' }],
    }),
    'handlers/refunds/main.go': sqsHandler(
      ['example.org/shop/lib/audit', 'example.org/shop/lib/price'],
      'audit.Note(price.Of(message.Body))',
    ),
    'handlers/refunds/project.json': packageOptions({ architecture: HOST_ARCHITECTURE }),
    'handlers/report/main.go': `package main

import (
	"os"

	"example.org/shop/lib/price"
)

func main() { os.Stdout.WriteString(price.Of("everything") + "\\n") }
`,
    'tools/clock/main.go': 'package main\n\nfunc main() { println("tick") }\n',
    'tools/clock/project.json': packageOptions({ format: 'image', platforms: ['linux/amd64', 'linux/arm64'] }),
  },
};
