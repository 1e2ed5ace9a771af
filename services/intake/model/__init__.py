"""What intake knows: households, cases, staff, visits."""
