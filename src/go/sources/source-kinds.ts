const C = ['c', 'cc', 'cpp', 'cxx'];
const FORTRAN = ['f', 'F', 'for', 'f90'];
const HEADERS = ['h', 'hh', 'hpp', 'hxx'];
const OBJECTIVE_C = ['m'];
const ASSEMBLY = ['s', 'S', 'sx'];
const SWIG = ['swig', 'swigcxx'];

/** Extensions of the files that the go command compiles or links (go/build's list). Their order enters hashes. */
export const SOURCE_KINDS: readonly string[] = [
  ...['go', ...C, ...FORTRAN, ...HEADERS, ...OBJECTIVE_C, ...ASSEMBLY, ...SWIG],
  'syso',
];

/** What the C compiler turns into code. */
export const C_KINDS: readonly string[] = [...C, ...OBJECTIVE_C, ...SWIG];

/** What go refuses in a package without cgo. */
export const CGO_KINDS: readonly string[] = [...C, ...OBJECTIVE_C, ...FORTRAN];

/** What may hold a line `#include`. */
export const INCLUDING_KINDS: readonly string[] = [...C, ...OBJECTIVE_C, ...HEADERS, ...ASSEMBLY, ...FORTRAN, ...SWIG];

/** What such lines name, by habit. Their order enters hashes. */
export const INCLUDED_KINDS: readonly string[] = [...HEADERS, 'inc', 'inl', 'def', 'c', 'cc', 'cpp', 's', 'S'];

/** A pattern for the names of files with one of the extensions. */
export function namesOf(kinds: readonly string[]): RegExp {
  return new RegExp(`\\.(${kinds.join('|')})$`);
}
