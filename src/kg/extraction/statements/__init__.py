"""Who says what to whom, on whose word."""
