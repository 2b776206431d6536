import type { Layout } from '../../testing/layouts/layout.js';
import { environment } from '../../testing/workspace/environment.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { Workspace } from '../../testing/workspace/workspace.js';
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
