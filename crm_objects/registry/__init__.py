"""What public registries say of companies: looked up while a name is typed, kept with a record, offered to fill in (CUST-01 … 04)."""
