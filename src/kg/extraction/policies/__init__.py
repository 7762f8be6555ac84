"""Plans, decisions and campaigns, with their deadlines."""
