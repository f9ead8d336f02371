"""What every template stands on: the customer, the contact, the expense."""

from crm_objects.templates.base.contact import CONTACT
from crm_objects.templates.base.customer import CUSTOMER
from crm_objects.templates.base.expense import EXPENSE

__all__ = ["CONTACT", "CUSTOMER", "EXPENSE", "KINDS"]

KINDS = [CUSTOMER, CONTACT, EXPENSE]
