"""Real PostgreSQL and Kafka for tests: one of each for a whole run, a database of its own for each test."""
