"""Small forms with expected results: one file for each trap, played by test_conformance.py."""
