"""Reading CSV and XLSX files that nobody vouches for into a `Table`. Knows nothing of staff; pure, no I/O."""
