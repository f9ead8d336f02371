"""CRM records: an engine that knows no kind, templates that declare them, and the routes over both."""
