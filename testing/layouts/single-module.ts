import { goSum } from '../module-proxy/proxy.js';
import { ASSEMBLY, CGO } from './foreign-code.js';
import { WEB } from './javascript.js';
import { goMod, goTest, mainPrinting, type Layout } from './layout.js';

const EXTERNALS = ['example.org/idle', 'example.org/letters', 'example.org/money'];
const lib = (...names: string[]) => names.map((name) => `example.org/shop/lib/${name}`);

/**
 * One module at the workspace's root with five mains that share packages:
 *
 *     services/orders   lib/price (→ money), lib/config (embedded file), lib/clock (files per platform)
 *     services/billing  lib/price, lib/ledger
 *     services/mailer   lib/templates (embedded directories), letters
 *     tools/sums        lib/fastsum (assembly)
 *     tools/native      lib/native (cgo)
 *
 * lib/ledger's test imports lib/testkit, which imports lib/clock; checks tests lib/config. No package imports the
 * external module idle.
 */
export const SINGLE_MODULE: Layout = {
  name: 'single-module',
  mains: ['services/orders', 'services/billing', 'services/mailer', 'tools/sums', 'tools/native'],
  tests: ['lib/price', 'lib/ledger', 'lib/templates', 'lib/clock', 'lib/native', 'services/orders', 'checks'],
  cgo: ['tools/native', 'lib/native'],
  files: {
    ...WEB,
    ...ASSEMBLY,
    ...CGO,
    'README.md': '# shop\n',
    'go.mod': goMod(
      'example.org/shop',
      '1.24.0',
      EXTERNALS.map((path) => `${path} v1.0.0`),
    ),
    'go.sum': EXTERNALS.map((path) => goSum(path, 'v1.0.0')).join(''),

    'services/orders/main.go': `package main

import (
	"os"

	"example.org/shop/lib/clock"
	"example.org/shop/lib/config"
	"example.org/shop/lib/price"
)

// main prints a report of the orders.
func main() {
	os.Stdout.WriteString(report() + "\\n")
}

func report() string {
	return "orders " + price.Of("tea") + " " + config.Defaults + clock.Zone()
}
`,
    'services/orders/main_test.go': goTest('main', [], 'report() != ""'),
    'services/billing/main.go': mainPrinting(lib('ledger', 'price'), '"billing " + price.Of("rent")', 'ledger.Total()'),
    'services/mailer/main.go': mainPrinting(
      [...lib('templates'), 'example.org/letters'],
      '"mailer " + templates.All()',
      'letters.Version()',
    ),
    'tools/sums/main.go': mainPrinting(
      [...lib('fastsum'), 'strconv'],
      '"sums " + strconv.FormatInt(fastsum.Sum(2, 3), 10)',
    ),
    'tools/native/main.go': mainPrinting([...lib('native'), 'strconv'], '"native " + strconv.Itoa(native.Twice(21))'),

    'lib/price/price.go': `package price

import "example.org/money"

// Of gives the price of a thing.
func Of(thing string) string { return thing + " " + round(3) + " " + money.Version() }
`,
    'lib/price/round.go':
      'package price\n\nfunc round(n int) string {\n\tif n > 2 {\n\t\treturn "many"\n\t}\n\treturn "few"\n}\n',
    'lib/price/unneeded.go':
      'package price\n\n// Unneeded has no caller.\nfunc Unneeded() string { return "unneeded" }\n',
    'lib/price/price_test.go': goTest('price', [], 'round(3) == "many"'),

    'lib/config/config.go':
      'package config\n\nimport _ "embed"\n\n// Defaults are the settings nobody changed.\n//\n//go:embed defaults.json\nvar Defaults string\n',
    'lib/config/defaults.json': '{ "vat": 20 }\n',

    // A directory with nothing but an external test.
    'checks/checks_test.go': goTest('checks_test', lib('config'), 'config.Defaults != ""'),

    'lib/clock/clock.go':
      'package clock\n\n// Zone names the time zone.\nfunc Zone() string { return zone + shift() }\n',
    'lib/clock/windows.go':
      'package clock\n\n// A file of every platform: only _windows.go is a constraint.\nfunc shift() string { return "+1" }\n',
    'lib/clock/clock_linux.go': 'package clock\n\nconst zone = "linux"\n',
    'lib/clock/clock_windows.go': 'package clock\n\nconst zone = "windows"\n',
    'lib/clock/clock_rest.go': '//go:build !linux && !windows\n\npackage clock\n\nconst zone = "rest"\n',
    'lib/clock/fancy.go': '//go:build fancy\n\npackage clock\n\nfunc init() { println("fancy") }\n',
    'lib/clock/ignored.go': '//go:build ignore\n\npackage clock\n\nfunc init() { println("no longer ignored") }\n',
    'lib/clock/clock_test.go': goTest('clock', [], 'Zone() != ""'),

    'lib/ledger/ledger.go': 'package ledger\n\n// Total sums up.\nfunc Total() string { return "total" }\n',
    'lib/ledger/README.md': '# ledger\n',
    'lib/ledger/ledger_test.go': goTest(
      'ledger_test',
      lib('ledger', 'testkit'),
      'ledger.Total() == "total" && testkit.Read("testdata/entries.txt") != ""',
    ),
    'lib/ledger/testdata/entries.txt': 'one\ntwo\n',
    'lib/ledger/testdata/more/entries.txt': 'three\n',

    'lib/testkit/testkit.go': `package testkit

import (
	"os"

	"example.org/shop/lib/clock"
)

// Read gives the content of a file for a test, with the zone it was read in.
func Read(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(content) + clock.Zone()
}
`,

    'lib/templates/templates.go': `package templates

import (
	"embed"
	"io/fs"
)

//go:embed mail
//go:embed all:raw
//go:embed pages/*.html
var files embed.FS

// All names every embedded file.
func All() string {
	names := ""
	fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names += path + " "
		}
		return err
	})
	return names
}
`,
    'lib/templates/templates_test.go': `package templates

import (
	_ "embed"
	"testing"
)

//go:embed testdata/golden.txt
var golden string

func TestAll(t *testing.T) {
	if golden == "" || All() == "" {
		t.Fatal("nothing embedded")
	}
}
`,
    'lib/templates/testdata/golden.txt': 'golden\n',
    'lib/templates/mail/welcome.txt': 'welcome\n',
    'lib/templates/mail/old/goodbye.txt': 'goodbye\n',
    'lib/templates/mail/.draft': 'a hidden file is not part of an embedded directory\n',
    'lib/templates/raw/visible.txt': 'visible\n',
    'lib/templates/raw/.hidden': 'hidden\n',
    'lib/templates/pages/index.html': '<h1>index</h1>\n',
    'lib/templates/pages/notes.txt': 'matched by no pattern\n',
  },
};
