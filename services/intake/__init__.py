"""Intake: leads, visits, surveys and everything a household tells or shows before anyone decides."""
