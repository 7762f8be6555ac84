"""Numbers that count people, cases and places, with what they measure."""
