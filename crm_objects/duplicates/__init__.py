"""Is this there already? (W15, W16, M44): keys of records, looking them up, telling what may be told, and what was decided."""
