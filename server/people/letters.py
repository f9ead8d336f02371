"""The mail that brings an invitation."""

from server.mail.letters import Letter, Words

INVITATION = Letter(
    "invitation",
    Words(
        "{company} 邀请你加入收到",
        """{name}，你好：

{company} 用「收到」沟通和协作，邀请你加入。打开下面的链接，设置一个密码就可以进入：

{link}

链接只能用一次，{until} 之前有效。
你的登录名：{login}

如果你不认识 {company}，请忽略这封邮件。
""",
    ),
    Words(
        "{company} invites you to Tenfour",
        """Hello {name},

{company} works together on Tenfour and invites you. Open this link and set a password to enter:

{link}

The link works once, until {until}.
You sign in as: {login}

If you do not know {company}, please ignore this mail.
""",
    ),
)
