"""The machine room: transactions, events, databases, wires. No word of the field appears here."""
