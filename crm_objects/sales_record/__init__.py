"""Sales records: what was done with or for a customer, as a post that is a follow-up too (WORK-15 … 17)."""
