"""How is a credential withdrawn, or put on hold?"""
