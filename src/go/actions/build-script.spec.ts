import { expect, it } from '@jest/globals';

import { BuildScript, parseCommand } from './build-script.js';

const SCRIPT = String.raw`mkdir -p $WORK/b001/

#
# example.org/shop/main
#

cat >$WORK/b001/importcfg << 'EOF' # internal
# import config
packagefile fmt=$WORK/b002/_pkg_.a
EOF
cat >$WORK/b001/embedcfg << 'EOF' # internal
{
	"Patterns": {}
}EOF
cd /w
/go/pkg/tool/linux_amd64/compile -o $WORK/b001/_pkg_.a -trimpath "/w/my main=>main;$WORK/b001=>" -p main -buildid a/a -pack ./main.go
go tool buildid -w $WORK/b001/_pkg_.a # internal
/go/pkg/tool/linux_amd64/compile -o $WORK/b002/_pkg_.a -p fmt -std -pack /go/src/fmt/print.go
echo '# import config' > $WORK/b003/importcfg # internal
GOROOT='' /go/pkg/tool/linux_amd64/link -o $WORK/b001/exe/a.out -X=main.version=1 -extld=gcc $WORK/b001/_pkg_.a
mv $WORK/b001/exe/a.out x`;

it('reads the commands that go would run, and the files that it would write', () => {
  const script = new BuildScript();
  for (const line of SCRIPT.split('\n')) script.add(line);
  expect([...script.compiles.keys()]).toEqual(['$WORK/b001']);
  expect(script.compiles.get('$WORK/b001')?.words).toContain('/w/my main=>main;$WORK/b001=>');
  const link = script.links.get('$WORK/b001');
  expect(link?.env).toEqual({ GOROOT: '' });
  expect(link?.words.slice(-2)).toEqual(['-extld=gcc', '$WORK/b001/_pkg_.a']);
  expect([...script.files]).toEqual([
    ['$WORK/b001/importcfg', ['# import config', 'packagefile fmt=$WORK/b002/_pkg_.a']],
    ['$WORK/b001/embedcfg', ['{', '\t"Patterns": {}', '}']],
    ['$WORK/b003/importcfg', ['# import config']],
  ]);
});

it.each([
  [
    String.raw`GOROOT="C:\\it's" "C:\\Program Files\\Go\\compile.exe" -o "$WORK\\b001\\_pkg_.a" "-x=a b"`,
    { GOROOT: "C:\\it's" },
    ['C:\\Program Files\\Go\\compile.exe', '-o', '$WORK\\b001\\_pkg_.a', '-x=a b'],
  ],
  [`link -o $WORK/b001/x A='b' ""`, {}, ['link', '-o', '$WORK/b001/x', "A='b'", '']],
])('parses %s', (line, env, words) => {
  const command = parseCommand(line);
  expect(command?.env).toEqual(env);
  expect(command?.words).toEqual(words);
});
