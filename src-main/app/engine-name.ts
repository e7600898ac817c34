/** What the system's list of processes calls the engine. */
export const ENGINE_NAME = 'Tangent Lab engine'
