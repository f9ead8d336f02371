"""The contact (CONT-01 … 05): somebody at a customer, with an owner of its own who is the customer's unless another is chosen (M20)."""

from crm_objects.engine.days import DateField
from crm_objects.engine.fields import (
    AddressField,
    ChoiceField,
    EmailField,
    FlagField,
    LinkField,
    LongTextField,
    PhoneField,
    TextField,
)
from crm_objects.engine.file_fields import FilesField
from crm_objects.engine.key import Key
from crm_objects.engine.record_type import RecordType, Section
from crm_objects.engine.words import words
from crm_objects.templates.base.choices import ATTITUDES, GENDERS, RELATIONS

CONTACT = RecordType(
    kind="contact",
    number=2,
    prefix="C",
    words=words("联系人", "Contact"),
    plural=words("联系人", "Contacts"),
    icon="user",
    title="name",
    follows="customer",
    fields=(
        TextField("name", words("姓名", "Name"), required=True, max_length=80),
        LinkField("customer", words("客户", "Customer"), to="customer", required=True, index=True),
        TextField("position", words("职务", "Position"), max_length=80),
        TextField("works_in", words("部门", "Department"), max_length=80),
        FlagField("is_decision_maker", words("关键决策人", "Key decision maker")),
        ChoiceField("attitude", words("态度", "Attitude"), options=ATTITUDES, cls="internal"),
        ChoiceField("gender", words("性别", "Gender"), options=GENDERS),
        DateField("birthday", words("生日", "Birthday"), cls="contact"),
        PhoneField("mobile", words("手机", "Mobile"), cls="contact", index=True),
        PhoneField("phone", words("座机", "Telephone"), cls="contact", index=True),
        EmailField("email", words("邮箱", "E-mail"), cls="contact"),
        TextField("wechat", words("微信", "WeChat"), cls="contact", max_length=60, keep=(1, 1)),
        TextField("id_number", words("证件号码", "ID number"), cls="identity", max_length=40, keep=(3, 2)),
        AddressField("address", words("地址", "Address"), cls="contact"),
        FilesField("cards", words("名片", "Business card"), cls="internal"),
        LongTextField("note", words("备注", "Note"), cls="internal"),
    ),
    sections=(
        Section(
            "basic",
            words("基本信息", "Basics"),
            ("name", "customer", "position", "works_in", "is_decision_maker", "owner", "gender"),
        ),
        Section(
            "contact",
            words("联系方式", "Contact"),
            ("mobile", "phone", "email", "wechat", "birthday", "address"),
        ),
        Section("identity", words("证件", "Identity"), ("id_number",)),
        Section("internal", words("内部信息", "Internal"), ("cards", "attitude", "note")),
    ),
    quick=("name", "customer", "mobile", "position", "is_decision_maker"),
    columns=("name", "customer", "position", "mobile", "owner", "updated_at"),
    filters=("customer", "is_decision_maker", "owner", "gender"),
    shown=("position", "customer", "mobile"),
    buttons=("call", "followup"),
    relations=RELATIONS,
    keys=(
        Key(name="id_number", fields=("id_number",), form="code", is_hard=True),
        Key(name="phone", fields=("mobile",), form="phone", may_be_hard=True, custom="phone"),
        # Colleagues share the switchboard of their company.
        Key(name="landline", fields=("phone",), form="phone", apart_from_siblings=True),
        Key(name="wechat", fields=("wechat",), form="account"),
        Key(name="email", fields=("email",), form="account", custom="email"),
    ),
    can_merge=True,
)
