/** Extensions of the files that the go command compiles or links (go/build's list). */
export const SOURCE_KINDS: readonly string[] = [
  ...['go', 'c', 'cc', 'cpp', 'cxx', 'f', 'F', 'for', 'f90', 'h', 'hh', 'hpp', 'hxx', 'm', 's', 'S', 'sx'],
  ...['swig', 'swigcxx', 'syso'],
];
