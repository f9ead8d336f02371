"""What every template stands on: the customer and the contact."""

from crm_objects.templates.base.contact import CONTACT
from crm_objects.templates.base.customer import CUSTOMER

__all__ = ["CONTACT", "CUSTOMER", "KINDS"]

KINDS = [CUSTOMER, CONTACT]
