"""How does an assessed submission become a credential?"""
