"""The law all share: pure functions over dated values, standard library only; the tablet imports it too."""
