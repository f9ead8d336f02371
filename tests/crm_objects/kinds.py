"""Kinds that come next (opportunity, quote, payment), declared as a template would and served beside the product's: the engine carries
them.

Their tables have metadata of their own: the product's schema knows nothing of them.
"""

from datetime import timedelta
from fractions import Fraction

from sqlalchemy import MetaData

from crm_objects.engine.days import DateField
from crm_objects.engine.fields import Choice, ChoiceField, LinkField, LongTextField, TextField
from crm_objects.engine.formula import PROBABILITY, Formula
from crm_objects.engine.installed import parts_of
from crm_objects.engine.line_fields import LinesField
from crm_objects.engine.number_fields import MoneyField, NumberField, PercentField
from crm_objects.engine.pipeline import Stage
from crm_objects.engine.record_type import RecordType, Section
from crm_objects.engine.words import words
from crm_objects.module import KINDS
from server.db.base import Base
from server.kit.module import Module
from server.modules import MODULES

METADATA = MetaData(naming_convention=Base.metadata.naming_convention)
for one in Base.metadata.tables.values():
    one.to_metadata(METADATA)  # for foreign keys to find them


def _after_discount(total: Fraction | None, discount: Fraction | None) -> Fraction | None:
    """Without a discount it is the whole."""
    return None if total is None else total * (100 - (discount or 0)) / 100


OPPORTUNITY = RecordType(
    kind="opportunity",
    number=901,
    prefix="O",
    words=words("商机", "Opportunity"),
    plural=words("商机", "Opportunities"),
    icon="target",
    title="name",
    follows="customer",
    fields=(
        TextField("name", words("商机名称", "Name"), required=True, max_length=120),
        LinkField("customer", words("客户", "Customer"), to="customer", required=True, index=True),
        MoneyField("amount", words("预计金额", "Expected amount")),
        MoneyField("margin", words("毛利", "Margin"), cls="financial"),
        DateField("closes_on", words("预计成交日期", "Expected to close")),
        TextField("lost_to", words("输给谁", "Lost to"), cls="internal"),
        MoneyField(
            "expected",
            words("加权金额", "Weighted amount"),
            formula=Formula(of=("amount", PROBABILITY), by=lambda amount, likely: amount * likely / 100),
        ),
        ChoiceField(
            "scale",
            words("规模", "Scale"),
            options=(
                Choice(code="big", words=words("大单", "Big")),
                Choice(code="small", words=words("小单", "Small")),
            ),
            formula=Formula(of=("expected",), by=lambda expected: "big" if expected >= 100_000 else "small"),
        ),
        PercentField(
            "margin_rate",
            words("毛利率", "Margin rate"),
            cls="financial",
            formula=Formula(of=("margin", "amount"), by=lambda margin, amount: margin / amount * 100),
        ),
        DateField(
            "prepare_by",
            words("准备截止", "Prepare by"),
            formula=Formula(of=("closes_on",), by=lambda day: day - timedelta(days=7)),
        ),
        LongTextField("need", words("客户需求", "What they need")),
    ),
    sections=(
        Section(
            "basic",
            words("基本信息", "Basics"),
            (
                "name",
                "customer",
                "amount",
                "expected",
                "scale",
                "margin",
                "margin_rate",
                "closes_on",
                "prepare_by",
                "lost_to",
                "need",
            ),
        ),
    ),
    quick=("name", "customer", "amount"),
    columns=("name", "stage", "amount", "customer", "owner"),
    filters=("stage", "customer", "owner"),
    shown=("stage", "amount", "customer"),
    buttons=("stage", "followup"),
    summed=("amount", "margin", "expected"),
    can_merge=True,
    stages=(
        Stage(code="contact", words=words("初步接洽", "First contact"), probability=10),
        Stage(code="need", words=words("确认需求", "Need confirmed"), probability=30, required=("need",)),
        Stage(
            code="offer",
            words=words("方案报价", "Offer"),
            tone="blue",
            probability=60,
            required=("amount", "closes_on"),
        ),
        Stage(code="won", words=words("赢单", "Won"), tone="green", probability=100, end="won"),
        Stage(
            code="lost",
            words=words("输单", "Lost"),
            tone="red",
            probability=0,
            end="lost",
            required=("lost_to",),
            needs_reason=True,
        ),
        Stage(code="closed", words=words("归档", "Filed"), capability="records.delete"),
    ),
    metadata=METADATA,
)
QUOTE = RecordType(
    kind="quote",
    number=903,
    prefix="Q",
    words=words("报价", "Quote"),
    plural=words("报价", "Quotes"),
    icon="file",
    title="name",
    follows="opportunity",
    fields=(
        TextField("name", words("报价名称", "Name"), required=True, max_length=120),
        LinkField("opportunity", words("商机", "Opportunity"), to="opportunity", required=True, index=True),
        LinesField(
            "products",
            words("产品", "Products"),
            of=(
                TextField("product", words("产品", "Product"), required=True),
                NumberField("quantity", words("数量", "Quantity"), required=True, decimals=4),
                MoneyField("price", words("单价", "Price"), decimals=4, negative=True),
                PercentField("share", words("折扣", "Share"), required=True),
                DateField("delivered_on", words("交付日期", "Delivery")),
            ),
            factors=("quantity", "price", "share"),
            total="total",
        ),
        MoneyField("total", words("合计", "Total"), computed=True),
        PercentField("discount", words("整单折扣", "Discount")),
        MoneyField(
            "net",
            words("折后金额", "After discount"),
            formula=Formula(of=("total", "discount"), by=_after_discount, takes_empty=True),
        ),
    ),
    sections=(
        Section(
            "basic",
            words("基本信息", "Basics"),
            ("name", "opportunity", "owner", "total", "discount", "net", "products"),
        ),
    ),
    quick=("name", "opportunity", "products"),
    columns=("name", "total", "owner"),
    filters=("owner",),
    shown=("total",),
    metadata=METADATA,
)
PAYMENT = RecordType(
    kind="payment",
    number=902,
    prefix="P",
    words=words("回款", "Payment"),
    plural=words("回款", "Payments"),
    icon="cash",
    title="name",
    follows="opportunity",
    fields=(
        TextField("name", words("摘要", "Subject"), required=True, max_length=120),
        LinkField("opportunity", words("商机", "Opportunity"), to="opportunity", required=True, index=True),
        MoneyField("amount", words("金额", "Amount"), required=True),
        DateField("paid_on", words("到账日期", "Paid on"), required=True),
        ChoiceField(
            "way",
            words("方式", "Way"),
            options=(
                Choice(code="bank", words=words("转账", "Bank")),
                Choice(code="cash", words=words("现金", "Cash")),
            ),
        ),
    ),
    sections=(
        Section(
            "basic", words("基本信息", "Basics"), ("name", "opportunity", "amount", "paid_on", "way", "owner")
        ),
    ),
    quick=("name", "opportunity", "amount", "paid_on"),
    columns=("name", "amount", "paid_on", "owner"),
    filters=("way", "owner"),
    shown=("amount", "paid_on"),
    summed=("amount",),
    metadata=METADATA,
)
NEXT = {one.kind: one for one in (OPPORTUNITY, QUOTE, PAYMENT)}
EVERY_MODULE = [
    *MODULES,
    Module("next_kinds", *[part for one in NEXT.values() for part in parts_of(one, {**KINDS, **NEXT})]),
]
TABLES = [made for one in NEXT.values() for made in (one.table, *one.line_tables.values())]
