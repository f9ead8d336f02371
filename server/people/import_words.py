"""What the result file of a staff import says, in the reader's language. The client's catalogues say the same (a test compares them)."""

from typing import Final

from server.people.import_codes import ROW_SENTENCES

HEADINGS: Final = {
    "zh-Hans": ("行", "结果", "姓名", "工号", "更新", "说明"),
    "en": ("Row", "Outcome", "Name", "Staff number", "Changed", "Details"),
}
OUTCOMES: Final = {
    "zh-Hans": {
        "created": "新增",
        "updated": "更新",
        "unchanged": "不变",
        "refused": "拒绝",
        "missing": "名单里没有",
    },
    "en": {
        "created": "Created",
        "updated": "Updated",
        "unchanged": "Unchanged",
        "refused": "Refused",
        "missing": "Not in the list",
    },
}
COLUMNS: Final = {
    "zh-Hans": {
        "name": "姓名",
        "phone": "手机",
        "email": "邮箱",
        "staff_number": "工号",
        "department": "部门",
        "title": "职位",
        "manager": "直属上级",
        "heads": "部门负责人",
        "kind": "人员类型",
    },
    "en": {
        "name": "Name",
        "phone": "Mobile",
        "email": "E-mail",
        "staff_number": "Staff number",
        "department": "Department",
        "title": "Title",
        "manager": "Manager",
        "heads": "Department head",
        "kind": "Kind",
    },
}
_CHINESE: Final[dict[str, str]] = {
    "extra_cells": "这一行有 {found} 个单元格，列名只有 {expected} 个。含逗号的内容要加引号。",
    "cell_error": "单元格里是错误值 {value}。",
    "cell_is_date": "单元格变成了日期（{value}）。请把这一列设成文本格式后重新输入。",
    "formula_without_value": "公式没有保存结果。请用表格软件打开并保存一次。",
    "merged_cells": "这个单元格和第 {line} 行合并了。请取消合并，分别填写。",
    "control_characters": "文字里有换行或看不见的控制字符。",
    "too_long": "最多 {limit} 个字符。",
    "name_missing": "没有姓名。",
    "identifier_missing": "工号、手机、邮箱至少要填一个。",
    "phone_invalid": "不是手机号码：应为 1 开头的 11 位数字，或 + 加国家代码。",
    "number_shortened": "表格软件缩短了这个号码。请把这一列设成文本格式后重新输入。",
    "email_invalid": "不是邮箱地址。",
    "too_many_departments": "一个人最多属于 {limit} 个部门。",
    "department_too_deep": "部门最多 {limit} 级。",
    "department_empty_level": "两个分隔符之间没有部门名称。",
    "department_name_too_long": "部门名称最多 {limit} 个字符。",
    "duplicate_in_file": "和第 {line} 行重复。",
    "same_person_twice": "第 {line} 行已经是这个人了。",
    "identifiers_disagree": "它属于另一个人，和本行的工号或手机不是同一个人。",
    "sign_in_name_taken": "已经有人用它登录。",
    "belongs_to_another": "它属于另一个人，那个人的姓名和工号、手机都不同。",
    "person_left": "这个人已经离职。",
    "manager_unknown": "没有找到这个上级（按工号、手机、邮箱或姓名）。",
    "manager_ambiguous": "有 {people} 个人叫这个名字，请改写工号。",
    "manager_self": "不能做自己的上级。",
    "manager_left": "这个上级已经离职。",
    "manager_refused": "上级自己所在的第 {line} 行没有通过。",
    "manager_cycle": "上下级绕成了一圈：{chain}。",
    "department_unknown": "没有部门「{department}」，这次导入不新建部门。",
    "head_without_department": "没有部门的人不能做部门负责人。",
    "heads_do_not_match": "写了 {found} 个是/否，部门却有 {expected} 个。",
    "head_elsewhere": "「{department}」不是这个人的部门。",
    "head_ambiguous": "这个人有多个部门叫「{department}」，请写完整路径。",
    "head_is_external": "外部人员不能做部门负责人。",
    "kind_unknown": "请填写「员工」或「外部」。",
    "oneself": "不能把自己改成外部人员。",
    "protected": "只有能管理角色的人，才能修改这个人的登录方式。",
    "changed_meanwhile": "导入期间这个人的资料有变动，请再导入一次名单。",
}
SENTENCES: Final = {"zh-Hans": _CHINESE, "en": ROW_SENTENCES}
