"""Which column of a staff list means what, from its heading in Chinese or English. Used by `sheet`."""

import re
import unicodedata
from enum import StrEnum


class Column(StrEnum):
    """What one column of a staff list tells; the value is also the `field` of a row's errors and changes."""

    NAME = "name"
    STAFF_NUMBER = "staff_number"
    PHONE = "phone"
    EMAIL = "email"
    DEPARTMENT = "department"
    TITLE = "title"
    MANAGER = "manager"
    HEADS = "heads"
    KIND = "kind"


# In the order in which a row looks for its person (W31).
IDENTIFIERS = (Column.STAFF_NUMBER, Column.PHONE, Column.EMAIL)

_WORDS: dict[Column, str] = {
    Column.NAME: "姓名 员工姓名 人员姓名 名字 name fullname employeename staffname",
    Column.STAFF_NUMBER: "工号 员工工号 员工编号 员工号 工號 員工編號 staffnumber staffno staffid staffcode "
    "employeenumber employeeno employeeid employeecode",
    Column.PHONE: "手机 手机号 手机号码 电话 电话号码 联系电话 移动电话 手機 手機號碼 電話 "
    "mobile mobilephone mobilenumber mobileno phone phonenumber phoneno cellphone telephone tel",
    Column.EMAIL: "邮箱 电子邮箱 电子邮件 邮件 邮箱地址 邮件地址 電子郵件 郵箱 email emailaddress mail",
    Column.DEPARTMENT: "部门 所属部门 所在部门 部门名称 部门路径 部門 所屬部門 department departments dept departmentpath",
    Column.TITLE: "职位 职务 岗位 职位名称 職位 職務 title jobtitle position",
    Column.MANAGER: "直属上级 上级 直接上级 直属主管 直接主管 直属领导 直接领导 汇报对象 直属上级工号 上级工号 "
    "直属上级姓名 直屬上級 上級 manager reportsto linemanager directmanager supervisor",
    # 是否部门主管 and 主管 are DingTalk's, 是否部门负责人 is Feishu's, 部门领导 and 是否上级 are WeCom's.
    Column.HEADS: "部门负责人 是否部门负责人 是否负责人 负责人 负责部门 部门主管 是否部门主管 是否主管 主管 部门领导 是否部门领导 "
    "是否上级 部門負責人 部門主管 departmenthead departmentheads headof heads head isdepartmenthead departmentmanager isleader",
    Column.KIND: "人员类型 员工类型 人员类别 员工类别 类型 人員類型 kind type persontype employeetype employmenttype",
}
_COLUMNS = {word: column for column, words in _WORDS.items() for word in words.split()}

_BRACKETS = re.compile(r"[(\[【〔{].*?[)\]】〕}]")
_NOISE = re.compile(r"[\s*:_.\-‐‑–—'\"#/\u200b-\u200d\u2060\ufeff]+")
_LONGEST = 60


def recognise(heading: str) -> Column | None:
    """The column that a heading names, whatever its case, width, spaces, marks (`*手机`) and bracketed hints."""
    if len(heading) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", heading).lower()
    return _COLUMNS.get(_NOISE.sub("", _BRACKETS.sub("", plain)))
