"""What the four services share: the law (policy), the language (contracts), the machine room (runtime)."""
