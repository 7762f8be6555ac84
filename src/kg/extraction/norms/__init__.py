"""Legal principles and instruments: who is bound, who violates, who is party."""
