"""Who may what with stickers."""

from server.permissions.rules import Rule

MAY_SEE_STICKERS = Rule("stickers.see", "Everybody who is signed in sees the company's stickers.")
MAY_MANAGE_STICKERS = Rule("stickers.manage", "Keeping the company's stickers.", capability="stickers.manage")
