/** One Nx version that the plugin is proven on, and the @nx/devkit published for it. */
export interface NxVersion {
  readonly nx: string;
  readonly devkit: string;
  /** Whether `nx affected` selects tasks by their inputs unless told otherwise; before 24 it selects whole projects. */
  readonly selectsTasks: boolean;
}

export const NX_24: NxVersion = { nx: '24.0.6', devkit: '24.0.0', selectsTasks: true };
export const NX_23: NxVersion = { nx: '23.3.2', devkit: '23.3.2', selectsTasks: false };
