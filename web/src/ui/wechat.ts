// WeChat's own browser: no installing, no notices, no downloads there, so none is offered (W32).
export const isWeChat = /MicroMessenger/i.test(navigator.userAgent)
