"""Approval: review of an application, its meetings, the decision, its notice and the amounts that follow."""
