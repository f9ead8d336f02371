"""Who reads a record by being let in: shares with an end, asking for access, who does not see a card."""
