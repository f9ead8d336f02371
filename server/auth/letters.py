"""The mail that brings a link for a new password."""

from server.mail.letters import Letter, Words

RESET = Letter(
    "password_reset",
    Words(
        "设置新的收到密码",
        """{name}，你好：

有人（可能是你）要为你在 {company} 的收到账号设置新密码。打开下面的链接就可以设置：

{link}

链接只能用一次，{until} 之前有效。设置之后，其他设备上的登录都会结束。
如果不是你本人操作，请忽略这封邮件，密码不会改变。
""",
    ),
    Words(
        "Set a new Tenfour password",
        """Hello {name},

Somebody, probably you, asked to set a new password for your Tenfour account at {company}. This link leads there:

{link}

It works once, until {until}. All other devices are signed out when you set it.
If it was not you, ignore this mail: your password stays as it is.
""",
    ),
)
