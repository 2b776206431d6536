import type { PlannedPackage } from './plan.js';

/** The module that every workspace consists of. */
export const MODULE = 'example.com/bench';

/** A package's four files and its test, by name. All of it compiles, passes its test and satisfies `go vet`. */
export function sourcesOf(planned: PlannedPackage): Readonly<Record<string, string>> {
  const { name } = planned;
  const isMain = name === 'main';
  const first = isMain ? 'main.go' : `${name}.go`;
  return {
    [first]: isMain ? mainFile(planned) : libraryFile(planned),
    'record.go': recordFile(name),
    'format.go': formatFile(name),
    'index.go': indexFile(name),
    [first.replace('.go', '_test.go')]: testFile(planned),
  };
}

function libraryFile({ dir, name, imports }: PlannedPackage): string {
  return `// Package ${name} is one of the libraries of a synthetic workspace.
package ${name}
${importBlock([], imports)}
// Total adds up what the package itself and those that it imports weigh.
func Total(depth int) int {
	if depth == 0 {
		return weight
	}
	total := weight
${imports.map((imported) => `\ttotal += ${packageName(imported)}.Total(depth - 1)\n`).join('')}	return total
}

const weight = ${dir.length + imports.length}
`;
}

function mainFile({ dir, imports }: PlannedPackage): string {
  return `// Command ${packageName(dir)} is one of the programs of a synthetic workspace.
package main
${importBlock(['fmt'], imports)}
func main() {
	fmt.Println(Format(Record{ID: total(), Name: "${packageName(dir)}"}))
}

func total() int {
	sum := 0
${imports.map((imported) => `\tsum += ${packageName(imported)}.Total(1)\n`).join('')}	return sum
}
`;
}

function recordFile(name: string): string {
  return `package ${name}

import (
	"errors"
	"strings"
)

// Record is a thing with a name.
type Record struct {
	ID     int
	Name   string
	Labels []string
}

// ErrNoName says that a record lacks its name.
var ErrNoName = errors.New("${name}: record without a name")

// Validate reports whether the record can be stored.
func (r Record) Validate() error {
	if strings.TrimSpace(r.Name) == "" {
		return ErrNoName
	}
	return nil
}

// With returns a copy with one more label.
func (r Record) With(label string) Record {
	labels := make([]string, 0, len(r.Labels)+1)
	labels = append(labels, r.Labels...)
	r.Labels = append(labels, strings.ToLower(label))
	return r
}
`;
}

function formatFile(name: string): string {
  return `package ${name}

import (
	"strconv"
	"strings"
)

// Format writes a record in one line.
func Format(r Record) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(r.ID))
	b.WriteByte(' ')
	b.WriteString(r.Name)
	for _, label := range r.Labels {
		b.WriteString(" #")
		b.WriteString(label)
	}
	return b.String()
}

// Parse reads what Format wrote.
func Parse(line string) (Record, error) {
	id, rest, _ := strings.Cut(line, " ")
	number, err := strconv.Atoi(id)
	if err != nil {
		return Record{}, err
	}
	words := strings.Fields(rest)
	r := Record{ID: number}
	for i, word := range words {
		switch {
		case strings.HasPrefix(word, "#"):
			r.Labels = append(r.Labels, word[1:])
		case i == 0:
			r.Name = word
		}
	}
	return r, r.Validate()
}
`;
}

function indexFile(name: string): string {
  return `package ${name}

import "sort"

// Index finds records by their name.
type Index struct {
	records map[string]Record
}

// Add stores a record, in the place of one with the same name.
func (x *Index) Add(r Record) error {
	if err := r.Validate(); err != nil {
		return err
	}
	if x.records == nil {
		x.records = map[string]Record{}
	}
	x.records[r.Name] = r
	return nil
}

// Find returns the record of a name, and whether there is one.
func (x *Index) Find(name string) (Record, bool) {
	r, ok := x.records[name]
	return r, ok
}

// Names lists the names of all records.
func (x *Index) Names() []string {
	names := make([]string, 0, len(x.records))
	for name := range x.records {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
`;
}

function testFile({ name, testImports }: PlannedPackage): string {
  const others = testImports.map(
    (imported) => `\tif ${packageName(imported)}.Total(0) <= 0 {
		t.Error("${packageName(imported)} weighs nothing")
	}
`,
  );
  return `package ${name}
${importBlock(['testing'], testImports)}
func TestRecords(t *testing.T) {
	var index Index
	r, err := Parse(Format(Record{ID: 7, Name: "seven"}.With("Odd")))
	if err != nil {
		t.Fatal(err)
	}
	if err := index.Add(r); err != nil {
		t.Fatal(err)
	}
	if found, ok := index.Find("seven"); !ok || found.ID != 7 || len(index.Names()) != 1 {
		t.Errorf("found %v, %v", found, ok)
	}
${others.join('')}}
`;
}

function importBlock(standard: readonly string[], dirs: readonly string[]): string {
  const groups = [standard, dirs.map((dir) => `${MODULE}/${dir}`)].filter((group) => group.length > 0);
  if (groups.length === 0) return '';
  const lines = groups.map((group) => group.map((path) => `\t"${path}"\n`).join(''));
  return `\nimport (\n${lines.join('\n')})\n`;
}

/** The name of the package in a directory, where it is a library. */
export function packageName(dir: string): string {
  return dir.slice(dir.lastIndexOf('/') + 1);
}
