"""The customer (CUST-01 … 20). Name and owner suffice; level, source and owner are about management, everything else about the customer."""

from crm_objects.engine.days import DateField
from crm_objects.engine.fields import (
    AddressField,
    ChoiceField,
    EmailField,
    LinkField,
    LongTextField,
    PhoneField,
    TextField,
    UrlField,
)
from crm_objects.engine.file_fields import FilesField
from crm_objects.engine.key import Key
from crm_objects.engine.number_fields import MoneyField
from crm_objects.engine.record_type import RecordType, Section
from crm_objects.engine.words import words
from crm_objects.templates.base.choices import (
    DEAL_STATES,
    INDUSTRIES,
    INTENTIONS,
    LEVELS,
    REGIONS,
    SIZES,
    SOURCES,
)

CUSTOMER = RecordType(
    pooled=True,
    kind="customer",
    number=1,
    prefix="K",
    words=words("客户", "Customer"),
    plural=words("客户", "Customers"),
    icon="building",
    title="name",
    fields=(
        TextField("name", words("客户名称", "Name"), required=True, max_length=120),
        ChoiceField("level", words("客户等级", "Level"), options=LEVELS, index=True),
        ChoiceField("source", words("客户来源", "Source"), options=SOURCES, index=True),
        ChoiceField(
            "deal_state", words("成交状态", "Deal state"), options=DEAL_STATES, index=True, by_act=True
        ),
        ChoiceField("intention", words("客户意向", "Intention"), options=INTENTIONS),
        ChoiceField("industry", words("所属行业", "Industry"), options=INDUSTRIES, index=True),
        ChoiceField("size", words("人员规模", "Size"), options=SIZES),
        ChoiceField("region", words("所在地区", "Region"), options=REGIONS),
        LinkField("parent", words("上级客户", "Parent customer"), to="customer", index=True, is_tree=True),
        TextField("former_names", words("曾用名", "Former names")),
        TextField("registered_name", words("登记名称", "Registered name"), computed=True),
        TextField(
            "credit_code",
            words("统一社会信用代码", "Unified credit code"),
            max_length=30,
            help=words("全公司不可重复", "Unique in the whole company"),
        ),
        PhoneField("phone", words("电话", "Telephone"), cls="contact", index=True),
        EmailField("email", words("邮箱", "E-mail"), cls="contact"),
        UrlField("website", words("网站", "Website")),
        AddressField("address", words("地址", "Address")),
        AddressField("delivery_address", words("收货地址", "Delivery address"), cls="contact"),
        TextField("invoice_title", words("发票抬头", "Invoice title"), cls="financial"),
        TextField("tax_number", words("纳税人识别号", "Tax number"), cls="financial", max_length=40),
        TextField("bank", words("开户行", "Bank"), cls="financial"),
        TextField("bank_account", words("银行账号", "Bank account"), cls="financial", max_length=60),
        AddressField("invoice_address", words("开票地址", "Invoice address"), cls="financial"),
        MoneyField("credit_limit", words("信用额度", "Credit limit"), cls="financial"),
        DateField("dealt_on", words("首次成交日期", "First deal")),
        LongTextField("note", words("备注", "Note"), cls="internal"),
        FilesField("attachments", words("附件", "Attachments"), cls="internal"),
    ),
    sections=(
        Section(
            "basic",
            words("基本信息", "Basics"),
            ("name", "industry", "size", "region", "intention", "parent"),
        ),
        Section(
            "management",
            words("管理信息", "Management"),
            ("level", "source", "owner", "deal_state", "dealt_on"),
        ),
        Section(
            "contact",
            words("联系方式", "Contact"),
            ("phone", "email", "website", "address", "delivery_address"),
        ),
        Section(
            "registry", words("工商信息", "Registry"), ("registered_name", "credit_code", "former_names")
        ),
        Section(
            "finance",
            words("财务信息", "Finance"),
            ("invoice_title", "tax_number", "bank", "bank_account", "invoice_address", "credit_limit"),
        ),
        Section("internal", words("内部信息", "Internal"), ("note", "attachments")),
    ),
    quick=("name", "owner", "level", "source", "phone"),
    columns=("name", "level", "deal_state", "owner", "phone", "last_followed_at", "updated_at"),
    filters=("level", "source", "deal_state", "industry", "region", "owner", "last_followed_at"),
    shown=("level", "deal_state", "industry", "phone"),
    buttons=("call", "followup", "state"),
    keys=(
        Key(name="name", fields=("name", "former_names"), form="company"),
        Key(name="credit_code", fields=("credit_code",), form="code", is_hard=True),
        Key(name="phone", fields=("phone",), form="phone", may_be_hard=True, custom="phone"),
        Key(name="email", fields=("email",), form="account", custom="email"),
    ),
    registry="registered_name",
    can_merge=True,
    fills=(
        ("name", "name"),
        ("credit_code", "credit_code"),
        ("phone", "phone"),
        ("email", "email"),
        ("website", "website"),
        ("address", "address"),
        ("former_names", "former_names"),
    ),
)
