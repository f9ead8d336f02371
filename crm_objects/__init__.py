"""CRM records: the engine and its templates arrive with issue F."""
