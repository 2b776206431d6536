import type { Layout } from '../../../e2e/layouts/layout.js';
import { environment } from '../../../e2e/workspace/environment.js';
import { NX_24 } from '../../../e2e/workspace/nx-versions.js';
import { Workspace } from '../../../e2e/workspace/workspace.js';
import { Subject } from './subject.js';

/** A workspace of one of the end-to-end tests' layouts. */
export async function fixtureSubject(layout: Layout): Promise<Subject> {
  const workspace = await Workspace.create(layout, NX_24);
  return Subject.open({
    root: workspace.root,
    environment,
    prepare: layout.generate,
    dispose: () => workspace.dispose(),
  });
}
