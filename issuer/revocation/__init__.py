"""How is a credential withdrawn?"""
