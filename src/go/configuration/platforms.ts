/** Every GOOS and GOARCH, past, present and future, that a file name can name: Go's internal/syslist. */
export const KNOWN_OS: readonly string[] = [
  ...['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl', 'netbsd'],
  ...['openbsd', 'plan9', 'solaris', 'wasip1', 'windows', 'zos'],
];

export const KNOWN_ARCH: readonly string[] = [
  ...['386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'loong64', 'mips', 'mipsle', 'mips64'],
  ...['mips64le', 'mips64p32', 'mips64p32le', 'ppc', 'ppc64', 'ppc64le', 'riscv', 'riscv64', 's390', 's390x'],
  ...['sparc', 'sparc64', 'wasm'],
];

/**
 * Names among them that no toolchain since Go 1.24 builds for (`go tool dist list`): files that bear them are compiled
 * nowhere, and hardly anybody has any.
 */
export const NEVER_BUILT: readonly string[] = [
  ...['hurd', 'nacl', 'zos', 'amd64p32', 'armbe', 'arm64be', 'mips64p32', 'mips64p32le', 'ppc', 'riscv', 's390'],
  ...['sparc', 'sparc64'],
];

/** The systems that the tag `unix` stands for; no file name does. */
export const UNIX_OS: readonly string[] = [
  ...['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'linux', 'netbsd', 'openbsd'],
  'solaris',
];

/** A system whose files another one takes as well: Go's matchTag. */
export const ALSO: Readonly<Record<string, string>> = { android: 'linux', illumos: 'solaris', ios: 'darwin' };
