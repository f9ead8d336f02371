// What live events of the feed do besides changing state (toasts). Mounted once by the shell.
export function useFeedEffects(): void {}
