import packageJson from '../package.json' with { type: 'json' }

/** The application's version. */
export const appVersion = packageJson.version
