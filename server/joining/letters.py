"""The mails that tell the answer to who asked to join."""

from server.mail.letters import Letter, Words

APPROVED = Letter(
    "join_approved",
    Words(
        "{company} 已通过你的加入申请",
        """{name}，你好：

{company} 的管理员已通过你的加入申请。现在可以用申请时填写的登录名和密码登录：

{link}
""",
    ),
    Words(
        "You may now sign in at {company}",
        """Hello {name},

An administrator of {company} let you in. Sign in with the name and password you chose when you asked:

{link}
""",
    ),
)

REFUSED = Letter(
    "join_refused",
    Words(
        "{company} 没有通过你的加入申请",
        """{name}，你好：

{company} 的管理员没有通过你的加入申请。原因：

{reason}
""",
    ),
    Words(
        "{company} did not let you in",
        """Hello {name},

An administrator of {company} answered your request to join:

{reason}
""",
    ),
)
