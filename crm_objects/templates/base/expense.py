"""The expense (CUST-11): what following a customer has cost."""

from crm_objects.engine.days import DateField
from crm_objects.engine.fields import ChoiceField, LinkField, LongTextField, TextField
from crm_objects.engine.file_fields import FilesField
from crm_objects.engine.number_fields import MoneyField
from crm_objects.engine.record_type import RecordType, Section
from crm_objects.engine.words import words
from crm_objects.templates.base.choices import EXPENSES

EXPENSE = RecordType(
    kind="expense",
    number=3,
    prefix="F",
    words=words("费用", "Expense"),
    plural=words("费用", "Expenses"),
    icon="coin",
    title="purpose",
    follows="customer",
    fields=(
        TextField("purpose", words("用途", "What for"), required=True, max_length=120),
        LinkField("customer", words("客户", "Customer"), to="customer", required=True, index=True),
        ChoiceField("category", words("费用类别", "Category"), options=EXPENSES, index=True),
        MoneyField("amount", words("金额", "Amount"), required=True, cls="financial"),
        DateField("spent_on", words("发生日期", "Spent on"), index=True),
        FilesField("receipts", words("票据", "Receipts"), cls="financial"),
        LongTextField("note", words("备注", "Note"), cls="internal"),
    ),
    sections=(
        Section(
            "basic",
            words("费用信息", "Expense"),
            ("purpose", "customer", "category", "amount", "spent_on", "receipts", "owner"),
        ),
        Section("internal", words("内部信息", "Internal"), ("note",)),
    ),
    quick=("purpose", "customer", "amount", "category", "spent_on"),
    columns=("purpose", "customer", "amount", "category", "spent_on", "owner"),
    filters=("category", "customer", "owner", "spent_on"),
    shown=("amount", "category", "customer", "spent_on"),
    buttons=(),
    followed_up=False,
    sort="-spent_on",
    summed=("amount",),
)
