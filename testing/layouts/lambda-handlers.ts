import { LAMBDA_MODULE, LAMBDA_SUMS } from './handlers.js';
import { goMod, type Layout } from './layout.js';
import { library } from './servers.js';

const MODULE = 'example.org/shop';

/** The library that one of {@link LAMBDA_HANDLERS} answers with. */
export const MONEY = 'internal/money/money.go';

/**
 * Two Lambda handlers made with AWS's own client. The one answers with a text and its event, or with an error that the
 * event asks for; the other streams an answer, whose end it writes when a file is there. The one is a handler by what
 * it imports itself, the other by a package of the workspace.
 */
export const LAMBDA_HANDLERS: Layout = {
  name: 'lambda-handlers',
  mains: ['handlers/export', 'handlers/import'],
  tests: [],
  files: {
    'go.mod': goMod(MODULE, '1.24', [LAMBDA_MODULE]),
    'go.sum': LAMBDA_SUMS,
    [MONEY]: library('money', 'money-1'),
    'internal/boot/boot.go': `package boot

import "github.com/aws/aws-lambda-go/lambda"

func Start(handler any) { lambda.Start(handler) }
`,
    'handlers/import/main.go': `package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"${MODULE}/internal/money"
	"github.com/aws/aws-lambda-go/lambda"
)

type answer struct {
	Text  string          \`json:"text"\`
	PID   int             \`json:"pid"\`
	Event json.RawMessage \`json:"event"\`
}

func handle(event json.RawMessage) (answer, error) {
	var asked struct{ Fail string }
	fmt.Println("taken by", os.Getenv("AWS_LAMBDA_FUNCTION_NAME"))
	if err := json.Unmarshal(event, &asked); err != nil || asked.Fail != "" {
		return answer{}, errors.New(asked.Fail)
	}
	return answer{money.Name(), os.Getpid(), event}, nil
}

func main() { lambda.Start(handle) }
`,
    'handlers/import/testdata/event.json': '{ "order": 7 }\n',
    'handlers/export/main.go': `package main

import (
	"io"
	"os"
	"time"

	"${MODULE}/internal/boot"
	"github.com/aws/aws-lambda-go/events"
)

func handle(request events.LambdaFunctionURLRequest) (*events.LambdaFunctionURLStreamingResponse, error) {
	reader, writer := io.Pipe()
	go func() {
		io.WriteString(writer, "first")
		for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(request.QueryStringParameters["wait"]); err == nil {
				break
			}
		}
		io.WriteString(writer, "last")
		writer.Close()
	}()
	headers := map[string]string{"Content-Type": "text/csv"}
	return &events.LambdaFunctionURLStreamingResponse{StatusCode: 201, Headers: headers, Body: reader}, nil
}

func main() { boot.Start(handle) }
`,
  },
};
