import { goMod, type Layout } from './layout.js';

/** A server that answers with a text and its process id, on the port of the environment. */
export function serverPrinting(imports: readonly string[], answer: string): string {
  const lines = imports.map((path) => `\t"${path}"\n`).join('');
  return `package main

import (
	"fmt"
	"net/http"
	"os"

${lines})

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%d %s %s\\n", os.Getpid(), ${answer}, os.Getenv("GREETING"))
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil); err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
}
`;
}

/** A package with a function that gives a text. */
export function library(name: string, text: string): string {
  return `package ${name}\n\nfunc Name() string { return "${text}" }\n`;
}

/** A Lambda handler made of the standard library alone: it answers with a text and what its event holds. */
export function handlerAnswering(imports: readonly string[], answer: string): string {
  const lines = imports.map((path) => `\t"${path}"\n`).join('');
  return `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

${lines})

func main() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		next, err := http.Get(api + "next")
		if err != nil {
			os.Exit(1)
		}
		event, _ := io.ReadAll(next.Body)
		next.Body.Close()
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		said := fmt.Sprintf(\`{"text":%q,"pid":%d,"event":%s}\`, ${answer}, os.Getpid(), event)
		told, err := http.Post(api+id+"/response", "application/json", strings.NewReader(said))
		if err != nil {
			os.Exit(1)
		}
		told.Body.Close()
	}
}
`;
}

const MODULE = 'example.org/shop';

/** Three servers: invoice and orders are made of money, status of nothing else. */
export const SERVERS: Layout = {
  name: 'servers',
  mains: ['handlers/invoice', 'handlers/orders', 'handlers/status'],
  tests: [],
  files: {
    'go.mod': goMod(MODULE, '1.24'),
    'internal/money/money.go': library('money', 'money-1'),
    'internal/money/money_windows.go': 'package money\n\nconst System = "windows"\n',
    'internal/money/money_test.go': 'package money\n',
    'internal/order/order.go': `package order\n\nimport "${MODULE}/internal/money"\n\nfunc Name() string { return "order of " + money.Name() }\n`,
    'handlers/invoice/main.go': serverPrinting([`${MODULE}/internal/order`], '"invoice " + order.Name()'),
    'handlers/orders/main.go': serverPrinting([`${MODULE}/internal/money`], '"orders " + money.Name()'),
    'handlers/status/main.go': serverPrinting([], '"status"'),
  },
};
