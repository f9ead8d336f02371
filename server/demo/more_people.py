"""The other thirty-four of the demo company's sixty people; the first twenty-six, on whom the tests stand, are in `people.py`."""

from server.demo.people import PEOPLE

# name, e-mail name, title, department path, staff number of the manager, extra roles
_MORE: list[tuple[str, str, str, str, str, tuple[str, ...]]] = [
    ("蒋文涛", "jiangwentao", "客户经理", "华东/销售一部", "1004", ("sales_rep",)),
    ("沈悦", "shenyue", "客户经理", "华东/销售一部", "1004", ("sales_rep",)),
    ("韩冰", "hanbing", "客户经理", "华东/销售一部", "1004", ("sales_rep",)),
    ("杨帆", "yangfan", "客户经理", "华东/销售一部", "1004", ("sales_rep",)),
    ("朱琳", "zhulin", "销售助理", "华东/销售一部", "1004", ("clerk",)),
    ("秦朗", "qinlang", "客户经理", "华东/销售二部", "1008", ("sales_rep",)),
    ("尤佳宁", "youjianing", "客户经理", "华东/销售二部", "1008", ("sales_rep",)),
    ("曹俊杰", "caojunjie", "客户经理", "华东/销售二部", "1008", ("sales_rep",)),
    ("严丽", "yanli", "客户经理", "华东/销售二部", "1008", ("sales_rep",)),
    ("华明", "huaming", "销售助理", "华东/销售二部", "1008", ("clerk",)),
    ("金志远", "jinzhiyuan", "售前经理", "华东/售前支持", "1003", ()),
    ("魏然", "weiran", "售前工程师", "华东/售前支持", "1037", ()),
    ("陶静怡", "taojingyi", "方案顾问", "华东/售前支持", "1037", ()),
    ("姜浩", "jianghao", "客户经理", "华南/深圳办", "1012", ("sales_rep",)),
    ("戚雪", "qixue", "客户经理", "华南/深圳办", "1012", ("sales_rep",)),
    ("谢子涵", "xiezihan", "客户经理", "华南/深圳办", "1012", ("sales_rep",)),
    ("邹敏", "zoumin", "销售助理", "华南/深圳办", "1012", ("clerk",)),
    ("Kevin Lau", "kevinlau", "Account executive", "华南/广州办", "1012", ("sales_rep",)),
    ("柏雨晴", "baiyuqing", "客户经理", "华南/广州办", "1012", ("sales_rep",)),
    ("水清", "shuiqing", "客户经理", "华南/广州办", "1012", ("sales_rep",)),
    ("窦建明", "doujianming", "客户经理", "华南/广州办", "1012", ("sales_rep",)),
    ("章立新", "zhanglixin", "出纳", "总部/财务部", "1017", ("finance",)),
    ("云小曼", "yunxiaoman", "会计", "总部/财务部", "1017", ("finance",)),
    ("苏航", "suhang", "设计师", "总部/市场部", "1019", ()),
    ("潘雯", "panwen", "活动策划", "总部/市场部", "1019", ()),
    ("葛阳", "geyang", "市场专员", "总部/市场部", "1019", ()),
    ("范思雨", "fansiyu", "客户成功经理", "总部/客户成功部", "1022", ()),
    ("彭博文", "pengbowen", "实施顾问", "总部/客户成功部", "1022", ()),
    ("鲁小溪", "luxiaoxi", "客服专员", "总部/客户成功部", "1022", ()),
    ("昌盛", "changsheng", "客服专员", "总部/客户成功部", "1022", ()),
    ("俞婧", "yujing", "培训师", "总部/客户成功部", "1022", ()),
    ("任杰", "renjie", "采购专员", "总部/行政部", "1002", ("clerk",)),
    ("袁芳", "yuanfang", "前台", "总部/行政部", "1002", ("clerk",)),
    ("Lily Park", "lilypark", "IT support", "总部/行政部", "1002", ()),
]

EVERYBODY = [
    *PEOPLE,
    *[
        (name, str(number), f"1380001{number:04d}", mail, title, path, manager, roles)
        for number, (name, mail, title, path, manager, roles) in enumerate(_MORE, 1027)
    ],
]
