import { expect, it } from '@jest/globals';

import { generateLines, generatorCommands } from './generate-lines.js';

const SOURCE = `package paint

//go:generate go tool stringer -type=Pill $GOFILE
// //go:generate remark
  //go:generate indented
//go:generatenot
//go:generate -command gen go run ./internal/gen
//go:generate	gen "a b" \${GOPACKAGE}.txt $HOME/x
`;

it('takes the lines that go generate takes', () => {
  expect(generateLines(SOURCE)).toEqual([
    'go tool stringer -type=Pill $GOFILE',
    '-command gen go run ./internal/gen',
    'gen "a b" ${GOPACKAGE}.txt $HOME/x',
  ]);
  expect(generateLines('package paint\r\n//go:generate go version\r\n')).toEqual(['go version']);
});

it('splits words, replaces commands and fills in variables', () => {
  expect(generatorCommands('pill.go', generateLines(SOURCE), 'paint')).toEqual([
    { file: 'pill.go', words: ['go', 'tool', 'stringer', '-type=Pill', 'pill.go'], variables: [] },
    { file: 'pill.go', words: ['go', 'run', './internal/gen', 'a b', 'paint.txt', '/x'], variables: ['HOME'] },
  ]);
});
