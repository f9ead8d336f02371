"""What the operator of the machine may do to a company: acts that domains declare, and the local socket that takes them."""
