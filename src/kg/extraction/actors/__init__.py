"""Who is named: States, organisations, persons and their posts."""
