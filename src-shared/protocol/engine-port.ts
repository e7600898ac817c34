/** The window message that carries the engine's port into the page. */
export const enginePortMessage = 'tangent:engine-port'
