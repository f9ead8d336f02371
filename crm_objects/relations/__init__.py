"""How records stand to each other: contacts who report to, influence or know others (CONT-06), and families of customers (W41)."""
