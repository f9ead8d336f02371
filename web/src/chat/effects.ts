// What live events of the chat do besides changing state. Mounted once by the shell.
export function useChatEffects(): void {}
