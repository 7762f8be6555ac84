"""Days, months, years and stretches of time, as precise as their source."""
